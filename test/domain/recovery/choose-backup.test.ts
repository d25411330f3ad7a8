import { describe, expect, test } from '@jest/globals';
import type { DrillRequest } from '../../../lib/contracts/drill.ts';
import { secondsBetween } from '../../../lib/contracts/instant.ts';
import { type BackupFacts, chooseBackup } from '../../../lib/domain/recovery/choose-backup.ts';
import { aBackup, ago, anInstance, aRecoveryPolicy, daysAgo, now } from './good.ts';

const request = (choose: DrillRequest['choose'], damage?: DrillRequest['damage']): DrillRequest => ({
  database: 'shop-db',
  choose,
  ...(damage && { damage }),
  requestedBy: 'alice',
  requestId: 'd1',
});
const old = aBackup({ id: 'shop-db-old', snapshot: 'evenkeel-shop-db-old', takenAt: daysAgo(10) });
const young = aBackup({ id: 'shop-db-young', snapshot: 'evenkeel-shop-db-young', takenAt: daysAgo(1) });
const facts = (changes: Partial<BackupFacts> = {}): BackupFacts => ({
  instance: anInstance(),
  backups: [young, old],
  now,
  random: 0,
  policy: aRecoveryPolicy(),
  ...changes,
});
const planned = (...args: Parameters<typeof chooseBackup>) => {
  const choice = chooseBackup(...args);
  if (choice.action === 'refuse') throw new Error(choice.reason);
  return choice.plan;
};
const withoutLog = () => {
  const { restorable: _, ...instance } = anInstance();
  return instance;
};

test('the newest is the end of the log, judged as if the database were lost now', () => {
  expect(planned(request({ kind: 'newest' }), facts())).toMatchObject({
    source: { kind: 'point-in-time', of: 'shop-db', at: ago(60) },
    point: now,
    before: 'shop-db-young',
    instance: 'evenkeel-drill-shop-db-d1',
  });
});

test('without a log it is the newest backup, which the drill then proves', () => {
  expect(planned(request({ kind: 'newest' }), facts({ instance: withoutLog() }))).toMatchObject({
    source: { kind: 'snapshot', snapshot: 'evenkeel-shop-db-young' },
    point: now,
    proves: 'shop-db-young',
  });
});

test('random is one of the window, whatever the order of records', () => {
  const choose = { kind: 'random', withinDays: 30 } as const;
  expect(planned(request(choose), facts({ random: 0 })).proves).toBe('shop-db-old');
  expect(planned(request(choose), facts({ random: 0.99, backups: [old, young] })).proves).toBe('shop-db-young');
});

test('a stated backup is judged as of its own moment', () => {
  const plan = planned(request({ kind: 'backup', id: 'shop-db-old' }), facts());
  expect(plan).toMatchObject({
    point: daysAgo(10),
    proves: 'shop-db-old',
    before: 'shop-db-old',
    after: 'shop-db-young',
  });
});

test('a moment between two backups lies between their manifests and proves neither', () => {
  const plan = planned(request({ kind: 'point-in-time', at: daysAgo(5) }), facts());
  expect(plan).toMatchObject({ point: daysAgo(5), before: 'shop-db-old', after: 'shop-db-young' });
  expect(plan.proves).toBeUndefined();
});

test('a copy that is stale on purpose is older than what it is judged as', () => {
  const plan = planned(request({ kind: 'newest' }, 'stale'), facts());
  expect(plan).toMatchObject({ source: { kind: 'point-in-time', at: ago(3720) }, point: now, damage: 'stale' });
});

test.each([60, 3600, 86_400])(
  'a stale copy loses more than a promise of %p s, so that a checker can see it',
  (rpoSeconds) => {
    const policy = aRecoveryPolicy({ promises: { ...aRecoveryPolicy().promises, rpoSeconds } });
    const { source, point } = planned(request({ kind: 'point-in-time', at: daysAgo(2) }, 'stale'), facts({ policy }));
    expect(source.kind === 'point-in-time' && secondsBetween(source.at, point)).toBeGreaterThan(rpoSeconds);
  },
);

test('it may exist until its removers act', () => {
  expect(planned(request({ kind: 'newest' }), facts()).removeBy).toBe(ago(-7200));
});

describe('refusals', () => {
  const at = (moment: string) => request({ kind: 'point-in-time', at: moment });
  test.each<[string, DrillRequest, Partial<BackupFacts>, string, RegExp]>([
    [
      'nothing was ever backed up',
      request({ kind: 'newest' }),
      { instance: withoutLog(), backups: [] },
      'NothingToRestore',
      /no complete backup, and no log/,
    ],
    [
      'none in the window',
      request({ kind: 'random', withinDays: 1 }),
      { backups: [old] },
      'NothingToRestore',
      /shop-db-old/,
    ],
    ['an unknown backup', request({ kind: 'backup', id: 'x' }), {}, 'NothingToRestore', /"x" is not complete/],
    [
      'one that failed',
      request({ kind: 'backup', id: 'f' }),
      { backups: [aBackup({ id: 'f', status: 'failed' })] },
      'NothingToRestore',
      /there is none/,
    ],
    ['before the log', at(daysAgo(8)), {}, 'PointNotRestorable', /reaches from/],
    ['after the log', at(ago(30)), {}, 'PointNotRestorable', /reaches from/],
    ['in the future', at(ago(-30)), {}, 'PointNotRestorable', /in the future/],
    ['no log at all', at(daysAgo(1)), { instance: withoutLog() }, 'PointNotRestorable', /keeps no log/],
    [
      'nothing old enough to be stale',
      request({ kind: 'newest' }, 'stale'),
      { instance: withoutLog(), backups: [young] },
      'NothingToRestore',
      /no stale copy/,
    ],
  ])('%s', (_, wish, changes, error, reason) => {
    expect(chooseBackup(wish, facts(changes))).toEqual({
      action: 'refuse',
      error,
      reason: expect.stringMatching(reason),
    });
  });
});
