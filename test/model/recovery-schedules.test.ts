import { describe, expect, test } from '@jest/globals';
import { verifyContent } from '../../functions/restore-test/verify-content.ts';
import type { TableReading } from '../../lib/contracts/content.ts';
import { damageAt, requestIdAt } from '../../lib/domain/recovery/due.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { aRecovery } from './recovery-scenario.ts';

const dayS = 86_400;

describe('schedules', () => {
  test('every night each database is backed up, under a name that comes from the moment', async () => {
    const { twin, secondsPass } = await aRecovery();
    twin.follow('triggerBackupDue', dayS);
    await secondsPass(dayS);
    expect([...twin.runs.values()].map(({ name, status }) => [name, status])).toEqual([
      ['shop-db-20260502t0100', 'SUCCEEDED'],
    ]);
  });

  test('every month the newest, some backup and a damaged copy are drilled', async () => {
    const { twin, secondsPass } = await aRecovery();
    twin.follow('triggerDrillDue', 31 * dayS);
    await secondsPass(31 * dayS);
    const [at] = [...twin.world.drills.values()].map(({ plan }) => plan.startedAt.slice(0, 13));
    expect(at).toBe('2026-06-01T03');
    expect([...twin.runs.keys()].map((run) => run.split(':').at(-1))).toEqual([
      'shop-db-20260601t0300',
      'shop-db-20260601t0300r',
      'shop-db-20260601t0300c',
    ]);
  });

  test('every minute a sentinel is written', async () => {
    const { twin, secondsPass } = await aRecovery();
    twin.follow('triggerSentinelDue', 180);
    await secondsPass(181);
    expect(twin.said.map(({ task, outcome }) => [task, outcome.ok])).toEqual(Array(3).fill(['SentinelDue', true]));
  });

  test('every minute the second region is told how many targets are healthy', async () => {
    const { twin, secondsPass } = await aRecovery();
    const region = twin.world.failover.regions.get('shop-db');
    twin.follow('triggerHeartbeatDue', 180);
    await secondsPass(61);
    expect(region?.heard).toBe(1);
    region?.lose();
    await secondsPass(61);
    expect(region?.heard).toBe(0);
  });

  test('the same moment, however it is written, is the same request', () => {
    expect(requestIdAt('2026-05-01T01:00:00Z')).toBe('20260501t0100');
    expect(requestIdAt('2026-05-01T01:00:00.000Z')).toBe('20260501t0100');
  });

  test('each kind of damage that can be done anywhere has its month', () => {
    const months = ['01', '02', '03', '04'].map((month) => damageAt(`2026-${month}-01T03:00:00Z`));
    expect(new Set(months.slice(0, 3))).toEqual(new Set(['dropped-table', 'wrong-owner', 'stale']));
    expect(months[3]).toBe(months[0]);
  });

  test('what is wrong with one does not keep the others waiting', async () => {
    const done: number[] = [];
    const work = async (item: number) => {
      if (item === 1) throw new Error('the first');
      done.push(item);
    };
    await expect(forEachOf([1, 2, 3], work)).rejects.toThrow('the first');
    expect(done).toEqual([2, 3]);
  });
});

describe('a copy that is too large for one call', () => {
  /** Reads slice by slice until there is a verdict. */
  const slices = async (options: { remainingMs?: number; attempt?: number }) => {
    const { twin, drilled } = await aRecovery();
    drilled();
    await twin.clock.run({ until: () => twin.said.some(({ task }) => task === 'ProbeRestore') });
    const plan = twin.world.drills.get('shop-db-d1')?.plan;
    const policy = twin.world.catalog.recovery.standard;
    if (!plan || !policy) throw new Error('the drill has no plan');
    const log = { info: () => {}, error: () => {} };
    const call = { run: 'run', log, remainingMs: () => options.remainingMs ?? Number.POSITIVE_INFINITY };
    const read: number[] = [];
    for (let readings: TableReading[] = []; ; ) {
      const { ports } = twin.world;
      const said = await verifyContent.run(
        ports,
        { plan, policy, unread: null, readings, attempt: options.attempt ?? 0 },
        call,
      );
      if (said.verified) return { read, verified: said.verified };
      readings = said.readings;
      read.push(readings.length);
    }
  };

  test('is read in one call while there is time', async () => {
    const { read, verified } = await slices({});
    expect(read).toEqual([]);
    expect(verified.checks).toContainEqual(expect.objectContaining({ name: 'read', verdict: 'healthy' }));
  });

  test.each([{ remainingMs: 400_000 }, { attempt: 1 }])('is read table by table with %j', async (options) => {
    const { read, verified } = await slices(options);
    expect(read).toEqual([1]);
    expect(verified.checks).toContainEqual(expect.objectContaining({ name: 'read', verdict: 'healthy' }));
  });
});
