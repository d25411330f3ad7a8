import { describe, expect, test } from '@jest/globals';
import { backupFresh, restoreDrillFresh } from '../../../lib/domain/gates/recovery.ts';
import { isolationProblems } from '../../../lib/domain/recovery/judge-isolation.ts';
import { drillMessage, orphanMessage } from '../../../lib/domain/recovery/messages.ts';
import { orphansOf } from '../../../lib/domain/recovery/orphans.ts';
import { nextSentinel, sentinelProblem } from '../../../lib/domain/recovery/sentinel.ts';
import { judgeSize } from '../../../lib/domain/recovery/sizes.ts';
import {
  aBackup,
  aCopy,
  aDrill,
  ago,
  anInstance,
  anOutcome,
  aPlan,
  aRecoveryPolicy,
  daysAgo,
  now,
  sentinels,
} from './good.ts';

describe('isolation', () => {
  const reach = aCopy().reach;
  test('a copy that shares nothing is apart', () => {
    expect(isolationProblems('shop-db-d1', aCopy(), anInstance())).toEqual([]);
  });
  test.each<[string, Parameters<typeof aCopy>[0], RegExp]>([
    ['a public address', { reach: { ...reach, public: true } }, /public address/],
    ["production's subnets", { reach: { ...reach, subnetGroup: 'production' } }, /as production/],
    ['the default network', { reach: { ...reach, subnetGroup: 'default' } }, /default network/],
    [
      "production's security group",
      { reach: { ...reach, securityGroups: ['sg-x', 'sg-production'] } },
      /sg-production/,
    ],
    ['backups of its own', { backupRetentionDays: 1 }, /backed up/],
    ['protection from deletion', { deletionProtection: true }, /protected/],
    ['no encryption', { encrypted: false }, /not encrypted/],
    ["another drill's mark", { mark: { drill: 'other', removeBy: now } }, /mark of other/],
  ])('%s is told', (_, changes, reason) => {
    expect(isolationProblems('shop-db-d1', aCopy(changes), anInstance())).toEqual([expect.stringMatching(reason)]);
  });
  test('all of it at once', () => {
    const bad = aCopy({ reach: { ...reach, public: true }, backupRetentionDays: 1, deletionProtection: true });
    expect(isolationProblems('shop-db-d1', bad, anInstance())).toHaveLength(3);
  });
  test('production that nobody could look at is no proof of isolation', () => {
    expect(isolationProblems('shop-db-d1', aCopy(), undefined)).toEqual([
      expect.stringMatching(/could not be looked at/),
    ]);
  });
});

describe('orphans', () => {
  const open = aDrill({ status: 'open', plan: aPlan({ removeBy: ago(-60) }) });
  const due = aDrill({ status: 'open', plan: aPlan({ removeBy: ago(60) }) });
  const copy = aCopy({ mark: { drill: 'shop-db-d1', removeBy: ago(-60) } });
  test('a copy whose drill runs is left alone', () => {
    expect(orphansOf([copy], [open], now)).toEqual({ remove: [], alarm: [], over: [] });
  });
  test('a copy past its time is removed, and told', () => {
    const late = aCopy({ mark: { drill: 'shop-db-d1', removeBy: ago(60) } });
    expect(orphansOf([late], [due], now)).toMatchObject({
      remove: [late.id],
      alarm: [{ drill: 'shop-db-d1' }],
      over: [],
    });
  });
  test('a copy of a drill that nobody has on record is removed', () => {
    expect(orphansOf([copy], [], now).remove).toEqual([copy.id]);
  });
  test('when nobody can tell which drills run, only a copy past its time is removed', () => {
    const late = aCopy({ mark: { drill: 'shop-db-d1', removeBy: ago(60) } });
    expect(orphansOf([copy], undefined, now)).toEqual({ remove: [], alarm: [], over: [] });
    expect(orphansOf([late], undefined, now).remove).toEqual([late.id]);
  });
  test('an open drill of which nothing is left is over, once its time has passed', () => {
    expect(orphansOf([], [due, open], now).over).toEqual(['shop-db-d1']);
    expect(orphansOf([], [open], now).over).toEqual([]);
  });
  test('nothing without a mark is ever removed', () => {
    expect(orphansOf([anInstance({ status: 'failed' })], [], now).remove).toEqual([]);
  });
});

describe('sentinels', () => {
  test('a whole chain has no problem, in one piece or in two', () => {
    const rows = sentinels(5);
    expect(sentinelProblem(undefined, rows)).toBeUndefined();
    expect(sentinelProblem(rows[1], rows.slice(2))).toBeUndefined();
  });
  test.each([
    ['one is missing', (rows: ReturnType<typeof sentinels>) => rows.toSpliced(2, 1), /sentinel 3 is missing/],
    ['the first is missing', (rows: ReturnType<typeof sentinels>) => rows.slice(1), /sentinel 1 is missing/],
    [
      'one was changed',
      (rows: ReturnType<typeof sentinels>) => rows.map((row) => (row.sequence === 2 ? { ...row, at: now } : row)),
      /sentinel 2 does not follow/,
    ],
    [
      'one was made up',
      (rows: ReturnType<typeof sentinels>) => [...rows, { ...nextSentinel(rows.at(-1), now), hash: 'made up' }],
      /sentinel 6 does not follow/,
    ],
  ])('%s', (_, change, problem) => {
    expect(sentinelProblem(undefined, change(sentinels(5)))).toMatch(problem);
  });
});

describe('gates', () => {
  const facts = { database: 'shop-db', policy: aRecoveryPolicy(), backups: [aBackup()], drills: [aDrill()] };
  test('a young backup and a healthy drill pass', () => {
    expect(backupFresh([facts], now).verdict).toBe('healthy');
    expect(restoreDrillFresh([facts], now).verdict).toBe('healthy');
  });
  test('what is of the future has no age, so it is no pass', () => {
    const ahead = {
      ...facts,
      backups: [aBackup({ takenAt: ago(-7200) })],
      drills: [aDrill({ plan: aPlan({ startedAt: ago(-7200) }) })],
    };
    for (const answer of [backupFresh([ahead], now), restoreDrillFresh([ahead], now)])
      expect(answer).toMatchObject({ verdict: 'error', reason: expect.stringContaining('ClockSkewed') });
  });
  test('the worst of several databases counts', () => {
    const stale = { ...facts, database: 'old', backups: [aBackup({ takenAt: daysAgo(2) })] };
    expect(backupFresh([facts, stale], now)).toMatchObject({
      verdict: 'unhealthy',
      reason: expect.stringContaining('old:'),
    });
  });
  test.each([
    ['no database', [], 'inconclusive'],
    ['no drill', [{ ...facts, drills: [] }], 'inconclusive'],
    [
      'a red drill after a healthy one',
      [
        {
          ...facts,
          drills: [aDrill(), aDrill({ plan: aPlan({ startedAt: ago(-1) }), outcome: anOutcome({ verdict: 'error' }) })],
        },
      ],
      'unhealthy',
    ],
    ['an old drill', [{ ...facts, drills: [aDrill({ plan: aPlan({ startedAt: daysAgo(36) }) })] }], 'unhealthy'],
    [
      'a drill of a damaged copy alone',
      [{ ...facts, drills: [aDrill({ plan: aPlan({ damage: 'stale' }) })] }],
      'inconclusive',
    ],
  ] as const)('%s is no pass', (_, recovery, verdict) => {
    expect(restoreDrillFresh(recovery, now).verdict).toBe(verdict);
  });
});

test.each([
  [1000, [900, 1000, 1100], 'healthy'],
  [10, [900, 1000, 1100], 'unhealthy'],
  [2000, [900, 1000, 1100], 'unhealthy'],
  [1000, [1000, 1000], 'inconclusive'],
  [undefined, [900, 1000, 1100], 'inconclusive'],
])('a backup of %p bytes after %p is %s', (bytes, earlier, verdict) => {
  const { bytes: _, ...unsized } = aBackup();
  const backup = bytes === undefined ? unsized : aBackup({ bytes });
  expect(
    judgeSize(
      backup,
      earlier.map((size) => aBackup({ bytes: size })),
      aRecoveryPolicy(),
    ).verdict,
  ).toBe(verdict);
});

test('messages carry the figures, and an id that is the same whoever tells it', () => {
  expect(drillMessage(aPlan(), anOutcome(), now)).toMatchObject({
    id: 'drill-shop-db-d1',
    body: expect.stringMatching(/RPO 60.0 s; RTO 600.0 s; cost about 0.02 USD/),
  });
  expect(orphanMessage(aDrill(), 0.12, now)).toMatchObject({ id: 'orphan-shop-db-d1', kind: 'orphan' });
});
