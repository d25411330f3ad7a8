import { describe, expect, test } from '@jest/globals';
import type { Backup } from '../../../lib/contracts/backup.ts';
import type { Export } from '../../../lib/contracts/export.ts';
import { exportsOf, exportsWithoutBackup, judgeExports } from '../../../lib/domain/recovery/judge-exports.ts';
import { sizeProblems } from '../../../lib/domain/recovery/sizes.ts';
import { watchBackups } from '../../../lib/domain/recovery/watch-backups.ts';
import { aBackup, ago, aRecoveryPolicy, daysAgo, now } from './good.ts';

const policy = aRecoveryPolicy({ exports: ['dump', 'configuration'] });
const complete = (differs: Partial<Extract<Export, { status: 'complete' }>> = {}): Export => ({
  status: 'complete',
  bytes: 1000,
  sha256: 'a'.repeat(64),
  where: 's3://backups/database/shop-db-b1/',
  finishedAt: ago(60),
  ...differs,
});
const whole = (changes: Partial<Backup> = {}) =>
  aBackup({ dump: complete(), configuration: complete({ bytes: 50 }), ...changes });

describe('how far exports are', () => {
  const facts = { policy, unbegun: undefined, deadline: ago(-60), now };
  const [early, late] = [ago(-60), ago(60)];
  test('what ended is known for good, what is made is waited for', () => {
    const found = { dump: { status: 'making' as const }, configuration: complete() };
    expect(judgeExports({ ...facts, found })).toEqual({ ended: { configuration: complete() }, waiting: ['dump'] });
  });
  test.each<[string, Export | undefined, string | undefined, string, Export | undefined]>([
    ['not there yet', undefined, undefined, early, undefined],
    [
      'not there, past the deadline',
      undefined,
      undefined,
      late,
      { status: 'failed', reason: expect.stringMatching(/^it is not there, and had until/) as never },
    ],
    [
      'made for too long',
      { status: 'making' },
      undefined,
      late,
      { status: 'failed', reason: expect.stringMatching(/still being made, and had/) as never },
    ],
    ['never begun', undefined, 'no room', early, { status: 'failed', reason: 'it could not be begun: no room' }],
    ['begun beside one that was not', { status: 'making' }, 'no room', early, undefined],
    ['failed', { status: 'failed', reason: 'broken' }, undefined, early, { status: 'failed', reason: 'broken' }],
    ['complete, seen late', complete(), undefined, late, complete()],
  ])('%s', (_, dump, unbegun, deadline, expected) => {
    const found = dump ? { dump } : {};
    const only = aRecoveryPolicy({ exports: ['dump'] });
    const state = judgeExports({ found, policy: only, unbegun, deadline, now });
    expect(state).toEqual(expected ? { ended: { dump: expected }, waiting: [] } : { ended: {}, waiting: ['dump'] });
  });
  test('what the policy does not ask for is not looked at', () => {
    expect(judgeExports({ ...facts, policy: aRecoveryPolicy(), found: {} })).toEqual({ ended: {}, waiting: [] });
  });
});

describe('exports without a snapshot', () => {
  const failed = whole({ status: 'failed', startedAt: daysAgo(31) });
  test('are kept as many days as all backups are, and then removed', () => {
    expect(exportsWithoutBackup([failed], policy, now)).toEqual([failed]);
    expect(exportsWithoutBackup([whole({ status: 'failed', startedAt: daysAgo(29) })], policy, now)).toEqual([]);
  });
  test('are not looked for again once they were removed, and those of others never', () => {
    const removed = { status: 'removed' } as const;
    expect(exportsWithoutBackup([{ ...failed, dump: removed, configuration: removed }], policy, now)).toEqual([]);
    expect(exportsWithoutBackup([whole({ startedAt: daysAgo(31) })], policy, now)).toEqual([]);
    expect(exportsOf({ ...failed, dump: removed })).toEqual(['configuration']);
  });
});

describe('sizes', () => {
  const earlier = [1, 2, 3].map((at) => whole({ id: `shop-db-e${at}` }));
  test('of a dump that shrank are told although the snapshot is as large as ever', () => {
    const shrunk = whole({ dump: complete({ bytes: 10 }) });
    expect(sizeProblems(shrunk, earlier, policy)).toEqual([
      expect.stringMatching(/^the size of its dump is unusual: 10/),
    ]);
  });
  test('of exports that nobody asks for, or with too few to compare with, are not called unusual', () => {
    const shrunk = whole({ dump: complete({ bytes: 10 }) });
    expect(sizeProblems(shrunk, earlier, aRecoveryPolicy())).toEqual([]);
    expect(sizeProblems(shrunk, earlier.slice(1), policy)).toEqual([]);
  });
});

describe('what is wrong with the backups on record', () => {
  const fine = { staleBackups: [], staleExports: [], unusualSizes: [] };
  test('nothing, while the newest is young and as large as usual', () => {
    expect(watchBackups([whole()], policy, now)).toEqual(fine);
  });
  test('everything that the policy asks for, when there is none at all', () => {
    expect(watchBackups([], policy, now)).toMatchObject({
      staleBackups: ['there is no complete backup'],
      staleExports: ['there is no complete dump', 'there is no complete configuration'],
    });
  });
  test('a backup and exports that grow old', () => {
    const at = ago(27 * 3600);
    const old = whole({ takenAt: at, dump: complete({ finishedAt: at }), configuration: complete() });
    const watch = watchBackups([old], policy, now);
    expect(watch.staleBackups).toEqual([expect.stringMatching(/27.0 hours old/)]);
    expect(watch.staleExports).toEqual([expect.stringMatching(/^the dump of shop-db-b1 is 27.0 hours old/)]);
  });
  test('exports that failed while snapshots go on', () => {
    const failed = whole({ dump: { status: 'failed', reason: 'no room' } });
    expect(watchBackups([failed], policy, now)).toMatchObject({ staleBackups: [], staleExports: [expect.anything()] });
  });
  test('a dump of a backup without a snapshot is a dump', () => {
    const { takenAt: _, ...untaken } = whole({ status: 'failed' });
    expect(watchBackups([untaken], policy, now)).toMatchObject({ staleBackups: [expect.anything()], staleExports: [] });
  });
  test('an export of the future, whose age is not known', () => {
    const ahead = whole({ dump: complete({ finishedAt: ago(-7200) }) });
    expect(watchBackups([ahead], policy, now).staleExports).toEqual([expect.stringMatching(/^ClockSkewed/)]);
  });
  test('an unusual size, for as long as it is that of the newest', () => {
    const earlier = [4, 3, 2].map((days) => whole({ id: `shop-db-e${days}`, takenAt: daysAgo(days) }));
    const shrunk = whole({ bytes: 10 });
    expect(watchBackups([...earlier, shrunk], policy, now).unusualSizes).toEqual([
      expect.stringMatching(/^shop-db-b1: its size is unusual/),
    ]);
    const [first] = earlier;
    if (!first) throw new Error('expected one');
    expect(
      watchBackups([...earlier, { ...first, id: 'shop-db-e5', bytes: 10, takenAt: daysAgo(5) }], policy, now)
        .unusualSizes,
    ).toEqual([]);
  });
});
