import { describe, expect, test } from '@jest/globals';
import { type Drill, damages } from '../../lib/contracts/drill.ts';
import { AccessDenied, DependencyUnavailable } from '../../lib/contracts/failures.ts';
import type { Ports } from '../../lib/ports/index.ts';
import { modelCatalog } from '../../twin/model/catalog.ts';
import type { Interference } from '../../twin/model/interference.ts';
import type { ModelWorld } from '../../twin/model/model-world.ts';
import { aRecovery } from './recovery-scenario.ts';

type Change = { [K in keyof Ports]?: (port: Ports[K]) => Partial<Ports[K]> };

/** The same world, in which some calls do something else. */
const otherwise =
  (change: Change) =>
  (world: ModelWorld): ModelWorld => {
    const changed = Object.entries(change).map(([name, of]) => {
      const port = world.ports[name as keyof ModelWorld['ports']];
      return [name, { ...port, ...(of as (port: unknown) => object)(port) }];
    });
    return { ...world, ports: { ...world.ports, ...Object.fromEntries(changed) } };
  };
const denied = async () => {
  throw new AccessDenied('not allowed');
};
/** What a step asks of ports never gets through. */
const silenced = (task: string): Interference => ({
  call: (call) => (call.task === task ? 'refuse' : undefined),
  event: () => [0],
});

describe('a backup', () => {
  test('is complete, copied, and unproven; it is told once', async () => {
    const { backedUp, ends } = await aRecovery();
    backedUp();
    const end = await ends();
    expect(end.backup).toMatchObject({
      status: 'complete',
      proof: 'unproven',
      copied: true,
      takenAt: expect.anything(),
    });
    expect(end.backup?.before?.tables.length).toBeGreaterThan(0);
    expect(end.backup?.after?.tables.length).toBeGreaterThan(0);
    expect(end).toMatchObject({ runs: { 'shop-db-b1': 'SUCCEEDED' }, deadLetters: [] });
    expect(end.messages).toEqual(['backup: shop-db: backup shop-db-b1 complete']);
  });

  test('asked for three times is one run and one message', async () => {
    const { backedUp, ends } = await aRecovery();
    for (let time = 0; time < 3; time += 1) backedUp();
    const end = await ends();
    expect(Object.keys(end.runs)).toEqual(['shop-db-b1']);
    expect(end.messages).toHaveLength(1);
  });

  test('whose content cannot be read is taken all the same, and somebody must look at it', async () => {
    const mutate = otherwise({ contents: () => ({ manifest: denied }) });
    const { backedUp, ends } = await aRecovery({ mutate });
    backedUp();
    const end = await ends();
    expect(end.backup).toMatchObject({ status: 'complete', copied: true });
    expect(end.backup?.reason).toContain('no drill can prove it');
    expect(end.errors).toEqual({ 'shop-db-b1': 'BackupFailed' });
  });

  test('that cannot be taken is failed, and told', async () => {
    const mutate = otherwise({ databases: () => ({ takeSnapshot: denied }) });
    const { backedUp, ends } = await aRecovery({ mutate });
    backedUp();
    const end = await ends();
    expect(end.backup).toMatchObject({ status: 'failed', reason: 'AccessDenied: not allowed' });
    expect(end.messages).toEqual(['backup: shop-db: backup shop-db-b1 failed']);
    expect(end.errors).toEqual({ 'shop-db-b1': 'BackupFailed' });
  });

  test('that cannot be copied away can be restored, and somebody must look at it', async () => {
    const mutate = otherwise({ databases: () => ({ copySnapshot: denied }) });
    const { backedUp, ends } = await aRecovery({ mutate });
    backedUp();
    const end = await ends();
    expect(end.backup).toMatchObject({ status: 'complete' });
    expect(end.backup?.copied).toBeUndefined();
    expect(end.errors).toEqual({ 'shop-db-b1': 'BackupFailed' });
  });

  test('that never becomes ready is failed when its time is up', async () => {
    const mutate = otherwise({ databases: () => ({ findSnapshot: async () => undefined }) });
    const { backedUp, ends } = await aRecovery({ mutate });
    backedUp();
    const end = await ends();
    expect(end.backup?.status).toBe('failed');
    expect(end.backup?.reason).toMatch(/had until 2026-05-01T11:00/);
  });

  test('whose run is stopped does not stay `taking`', async () => {
    const { twin, backedUp, secondsPass, ends } = await aRecovery();
    backedUp();
    await secondsPass(0.2);
    for (const { executionArn } of twin.runs.values()) await twin.engine.stopExecution(executionArn);
    const end = await ends();
    expect(end.runs).toEqual({ 'shop-db-b1': 'ABORTED' });
    expect(end.backup).toMatchObject({ status: 'failed', reason: 'its run was stopped before there was a snapshot' });
    expect(end.messages).toEqual(['backup: shop-db: backup shop-db-b1 failed']);
  });

  test('clears away what failed ones left behind, and nothing that nobody has on record', async () => {
    const { twin, backedUp, ends } = await aRecovery();
    const { backups, instances } = twin.world;
    const last = backups.get('shop-db-last');
    if (last) backups.set(last.id, { ...last, status: 'failed' });
    backedUp();
    await ends();
    expect([...instances.snapshots.keys()].sort()).toEqual(['by-hand', 'evenkeel-shop-db-b1', 'evenkeel-shop-db-old']);
  });

  test('of a database that nobody knows is refused, and told', async () => {
    const { twin, ends } = await aRecovery();
    const detail = { database: 'nobody', requestedBy: 'alice', requestId: 'b1' };
    twin.publish({ source: 'evenkeel', type: 'BackupRequested', detail });
    const end = await ends();
    expect(end.errors).toEqual({ 'nobody-b1': 'BackupFailed' });
    expect(end.messages).toEqual(['backup: nobody: backup nobody-b1 failed']);
  });

  test('under a name that no snapshot can have is a dead letter', async () => {
    const { backedUp, ends } = await aRecovery();
    backedUp('b1-');
    expect((await ends()).deadLetters).toEqual(['triggerBackupRequested']);
  });
});

describe('a drill', () => {
  test('restores, judges, removes, and leaves evidence', async () => {
    const { drilled, ends } = await aRecovery();
    drilled();
    const end = await ends();
    expect(end.drill).toMatchObject({ status: 'ended', outcome: { verdict: 'healthy', absent: true } });
    expect(end).toMatchObject({ runs: { 'shop-db-d1': 'SUCCEEDED' }, copies: [], armed: undefined, deadLetters: [] });
    expect(end.evidence.map(({ drill }) => drill?.outcome)).toEqual([end.drill?.outcome]);
    expect(end.messages).toEqual(['drill: shop-db: drill shop-db-d1 healthy']);
  });

  test('of a backup proves it', async () => {
    const { twin, drilled, ends } = await aRecovery();
    drilled({ choose: { kind: 'backup', id: 'shop-db-last' } });
    await ends();
    expect(twin.world.backups.get('shop-db-last')?.proof).toBe('proven');
    expect(twin.world.backups.get('shop-db-old')?.proof).toBe('unproven');
  });

  test('tells its first verdict before any table is read whole', async () => {
    const { drilled, ends } = await aRecovery();
    drilled();
    const { facts } = await ends();
    expect(facts.filter((kind) => kind.endsWith('-verdict'))).toEqual(['first-verdict', 'content-verdict']);
  });

  test.each(damages)('of a copy with %s is well, because that was seen', async (damage) => {
    const { drilled, ends } = await aRecovery();
    drilled({ damage });
    const end = await ends();
    expect(end.drill?.outcome?.checks).toContainEqual(expect.objectContaining({ name: 'checker', verdict: 'healthy' }));
    expect(end).toMatchObject({ runs: { 'shop-db-d1': 'SUCCEEDED' }, copies: [] });
  });

  test('that does not see the damage says that the checker is blind', async () => {
    const mutate = otherwise({ contents: () => ({ damage: async () => {} }) });
    const { drilled, ends } = await aRecovery({ mutate });
    drilled({ damage: 'dropped-table' });
    expect((await ends()).errors).toEqual({ 'shop-db-d1': 'CheckerBlind' });
  });

  test('of a moment that the log does not reach makes nothing, and says so', async () => {
    const { drilled, hoursAgo, ends } = await aRecovery();
    drilled({ choose: { kind: 'point-in-time', at: hoursAgo(1000) } });
    const end = await ends();
    expect(end).toMatchObject({ copies: [], drill: undefined, evidence: [], errors: { 'shop-db-d1': 'DrillFailed' } });
    expect(end.messages).toEqual(['drill: shop-db: drill shop-db-d1 refused']);
  });

  test('whose copy is not apart asks nothing of it, is red, and removes it', async () => {
    const mutate = otherwise({
      databases: (port) => ({
        find: async (id) => {
          const found = await port.find(id);
          return found?.mark ? { ...found, reach: { ...found.reach, public: true } } : found;
        },
      }),
    });
    const { drilled, ends } = await aRecovery({ mutate });
    drilled();
    const end = await ends();
    expect(end.drill?.outcome?.reason).toContain('NotIsolated');
    expect(end.facts).not.toContain('first-verdict');
    expect(end).toMatchObject({ copies: [], errors: { 'shop-db-d1': 'DrillFailed' } });
  });

  test('that cannot be armed restores nothing', async () => {
    const mutate = otherwise({ removals: () => ({ arm: denied }) });
    const { drilled, ends, twin } = await aRecovery({ mutate });
    drilled();
    const end = await ends();
    expect(twin.calls.filter(({ method }) => method === 'restore')).toEqual([]);
    expect(end.drill).toMatchObject({ status: 'ended', outcome: { verdict: 'error' } });
  });

  test('does not begin while something of an earlier one is left', async () => {
    const { twin, drilled, ends, hoursAgo } = await aRecovery();
    twin.world.instances.leaveBehind('evenkeel-drill-lost', { drill: 'lost', removeBy: hoursAgo(1) });
    drilled();
    const end = await ends();
    expect(end.drill).toBeUndefined();
    expect(end.errors).toEqual({ 'shop-db-d1': 'DrillFailed' });
    expect(end.copies).toEqual(['evenkeel-drill-lost']);
  });
});

describe('a drill of the newest moment, of a database that users write to', () => {
  const checkOf = (end: { drill?: Drill | undefined }, name: string) =>
    end.drill?.outcome?.checks.find((check) => check.name === name);
  const live = async (options: Parameters<typeof aRecovery>[0] = {}) => {
    const { twin, drilled, secondsPass, ends } = await aRecovery(options);
    for (const production of twin.world.instances.production.values()) production.letUsersIn(twin.clock.now());
    await secondsPass(200);
    drilled();
    return ends();
  };

  test('is healthy: it lies between the last backup and what production held during the drill', async () => {
    const end = await live();
    expect(end.drill?.plan.after).toBeUndefined();
    expect(end.drill?.outcome?.verdict).toBe('healthy');
    expect(checkOf(end, 'rows')?.reason).toBe('2 tables compared; public.carts rises and falls: 40 rows, at least 1');
  });

  test('finds a table whose rows rise and fall, when the catalog does not say so', async () => {
    const catalog = modelCatalog();
    const databases = catalog.databases.map(({ churning: _, ...rest }) => rest);
    const end = await live({ catalog: { ...catalog, databases } });
    expect(end.drill?.outcome?.verdict).toBe('unhealthy');
    expect(checkOf(end, 'rows')?.reason).toBe('public.carts: 40 rows instead of 0 to 2');
  });

  test('is inconclusive when production cannot be read, and says why', async () => {
    const end = await live({ mutate: otherwise({ contents: () => ({ manifest: denied }) }) });
    expect(end.drill?.outcome?.verdict).toBe('inconclusive');
    expect(checkOf(end, 'rows')?.reason).toContain(
      'public.orders: changed since the only manifest, and production could not be read: not allowed',
    );
  });

  test('reads production once, though the judge is called again', async () => {
    let [read, judged] = [0, 0];
    const mutate = otherwise({
      contents: (port) => ({
        async manifest(id, now) {
          read += 1;
          return port.manifest(id, now);
        },
        async table(id, table) {
          judged += 1;
          if (judged === 1) throw new DependencyUnavailable('it does not answer');
          return port.table(id, table);
        },
      }),
    });
    expect((await live({ mutate })).drill?.outcome?.verdict).toBe('healthy');
    expect({ read, judged }).toEqual({ read: 1, judged: 4 });
  });
});

describe('each of the three removers alone', () => {
  test('the run itself', async () => {
    const mutate = otherwise({ removals: () => ({ arm: async () => {} }) });
    const { drilled, ends } = await aRecovery({ mutate });
    drilled();
    expect(await ends()).toMatchObject({ copies: [], drill: { status: 'ended' } });
  });

  test('the one-shot schedule', async () => {
    const { twin, drilled, secondsPass, ends } = await aRecovery();
    drilled();
    await secondsPass(10);
    expect(twin.world.instances.find('evenkeel-drill-shop-db-d1')).toBeDefined();
    for (const { executionArn } of twin.runs.values()) await twin.engine.stopExecution(executionArn);
    const end = await ends();
    expect(end).toMatchObject({ copies: [], runs: { 'shop-db-d1': 'ABORTED' } });
    expect(end.facts).toContain('removal-due');
  });

  test('the reaper, which also ends the record', async () => {
    const mutate = otherwise({ removals: () => ({ arm: async () => {} }) });
    const { twin, drilled, secondsPass, ends } = await aRecovery({ mutate });
    twin.follow('triggerReapDue', 4 * 3600);
    drilled();
    await secondsPass(10);
    for (const { executionArn } of twin.runs.values()) await twin.engine.stopExecution(executionArn);
    const end = await ends();
    expect(end).toMatchObject({ copies: [], drill: { status: 'ended', outcome: { verdict: 'error', absent: true } } });
    expect(end.messages).toEqual([
      'orphan: shop-db: evenkeel-drill-shop-db-d1 of drill shop-db-d1 is still there',
      'drill: shop-db: drill shop-db-d1 error',
    ]);
    expect(end.evidence.map(({ drill }) => drill)).toEqual([end.drill]);
    expect(end.drill?.outcome?.checks).toContainEqual(expect.objectContaining({ name: 'absence', verdict: 'healthy' }));
  });

  test('the reaper ends nothing that it cannot seal, and seals it when it can', async () => {
    let isDeaf = true;
    const mutate = otherwise({
      evidence: (port) => ({
        async keep(evidence) {
          if (isDeaf) throw new AccessDenied('not allowed');
          return port.keep(evidence);
        },
      }),
    });
    const { twin, drilled, secondsPass, ends } = await aRecovery({ mutate });
    twin.follow('triggerReapDue', 6 * 3600);
    drilled();
    await secondsPass(10);
    for (const { executionArn } of twin.runs.values()) await twin.engine.stopExecution(executionArn);
    const deaf = await ends();
    expect(deaf).toMatchObject({ copies: [], drill: { status: 'open' }, evidence: [] });
    expect(deaf.deadLetters).toContain('triggerReapDue');
    isDeaf = false;
    expect(await ends()).toMatchObject({ drill: { status: 'ended' }, evidence: [{ sequence: 1 }] });
  });

  test('when the run cannot remove its copy, that is told, priced and left open for the others', async () => {
    const { twin, drilled, ends } = await aRecovery({ interference: silenced('RemoveCopy') });
    twin.follow('triggerReapDue', 4 * 3600);
    drilled();
    const end = await ends();
    expect(end.errors).toEqual({ 'shop-db-d1': 'OrphanLeft' });
    expect(end.evidence[0]?.drill?.outcome).toMatchObject({ absent: false, verdict: 'error' });
    expect(end.messages).toContain('orphan: shop-db: evenkeel-drill-shop-db-d1 of drill shop-db-d1 is still there');
    expect(end).toMatchObject({ copies: [], drill: { status: 'ended', outcome: { absent: true } } });
    // What was seen of its content stays on record.
    expect(end.drill?.outcome?.checks).toEqual(end.evidence[0]?.drill?.outcome?.checks);
  });

  test('what nobody has on record is removed and told, what bears no mark is not', async () => {
    const { twin, ends, hoursAgo } = await aRecovery();
    twin.world.instances.leaveBehind('evenkeel-drill-lost', { drill: 'lost', removeBy: hoursAgo(1) });
    twin.follow('triggerReapDue', 4 * 3600);
    const end = await ends();
    expect(end.copies).toEqual([]);
    expect(twin.world.instances.find('evenkeel-drill-by-hand')).toBeDefined();
    expect(end.messages).toEqual(['orphan: evenkeel-drill-lost bears the mark of drill lost, which is not on record']);
  });
});
