import { describe, expect, test } from '@jest/globals';
import { costOf, phaseSeconds } from '../../../lib/domain/recovery/measure.ts';
import { type DrillFacts, outcomeOf } from '../../../lib/domain/recovery/outcome.ts';
import { ago, aPlan, aRecoveryPolicy, now } from './good.ts';

const phases = {
  chosenAt: ago(-1),
  armedAt: ago(-2),
  restoredAt: ago(-600),
  answeredAt: ago(-610),
  verifiedAt: ago(-700),
  removedAt: ago(-900),
};
const healthy = { name: 'rows', verdict: 'healthy', reason: 'fine' } as const;
const red = { name: 'rows', verdict: 'unhealthy', reason: '9 rows instead of 10' } as const;
const end = (changes: Partial<DrillFacts> = {}) =>
  outcomeOf({
    plan: aPlan(),
    policy: aRecoveryPolicy(),
    phases,
    checks: [healthy],
    newestSentinel: ago(130),
    now: ago(-1000),
    ...changes,
  });

test('a drill that restored, read and removed is healthy, with what was measured', () => {
  expect(end()).toMatchObject({ verdict: 'healthy', rpoSeconds: 30, rtoSeconds: 700, absent: true, costUsd: 0.03 });
});

describe('no pass', () => {
  const { removedAt: _removed, ...notRemoved } = phases;
  const { verifiedAt: _verified, ...notVerified } = phases;
  test.each<[string, Partial<DrillFacts>, string, RegExp]>([
    ['a red check', { checks: [red] }, 'unhealthy', /rows: 9 rows/],
    ['a copy that is still there', { phases: notRemoved }, 'error', /not seen to be gone/],
    [
      'no check at all and no sentinel',
      { checks: [], newestSentinel: undefined as never },
      'inconclusive',
      /rpo: not measured/,
    ],
    ['a time that nobody took', { phases: notVerified }, 'inconclusive', /rto: not measured/],
    ['more lost than is promised', { newestSentinel: ago(5000) }, 'unhealthy', /rpo/],
    ['a backup that does not restore', { failed: { error: 'RestoreFailed', reason: 'no WAL' } }, 'unhealthy', /no WAL/],
    ['a disk that is full', { failed: { error: 'StorageFull', reason: 'no space' } }, 'error', /StorageFull/],
    ['a quota in the way', { failed: { error: 'QuotaExceeded', reason: '40 instances' } }, 'error', /QuotaExceeded/],
  ])('%s', (_, changes, verdict, reason) => {
    expect(end(changes)).toMatchObject({ verdict, reason: expect.stringMatching(reason) });
  });
});

test('a failure after the checks takes none of them away', () => {
  const failed = { error: 'CopyStillThere', reason: 'removing' };
  expect(end({ checks: [red], failed })).toMatchObject({
    verdict: 'unhealthy',
    reason: 'rows: 9 rows instead of 10; run: CopyStillThere: removing',
  });
});

describe('a copy that was damaged on purpose', () => {
  const plan = aPlan({ damage: 'dropped-table' });
  test('is healthy when a check saw it, and says which', () => {
    expect(end({ plan, checks: [red] })).toMatchObject({
      verdict: 'healthy',
      reason: 'checker: the damage was seen: dropped-table by rows',
    });
  });
  test('is red when no check saw it', () => {
    expect(end({ plan })).toMatchObject({ verdict: 'unhealthy', reason: expect.stringMatching(/CheckerBlind/) });
  });
  const neverRead = { checks: [], phases: { armedAt: ago(-2), removedAt: ago(-900) } };
  test.each(['QuotaExceeded', 'SnapshotNotFound', 'ProductionLogin', 'EngineIncompatible', 'RestoreFailed'])(
    '%s before anybody looked is red, and blames no checker',
    (error) => {
      const { verdict, reason } = end({ plan, ...neverRead, failed: { error, reason: 'full' } });
      expect({ verdict, reason }).toEqual({
        verdict: 'error',
        reason: `checker: nobody looked to the end: ${error}: full`,
      });
    },
  );
  test('without any verdict is red, and blames no checker', () => {
    expect(end({ plan, ...neverRead })).toMatchObject({
      verdict: 'error',
      reason: expect.stringMatching(/no verdict/),
    });
  });
  test.each(['truncated-wal', 'flipped-page'] as const)('%s is seen when the restore itself refused it', (damage) => {
    const failed = { error: 'RestoreFailed', reason: 'WAL ends too early' };
    expect(end({ plan: aPlan({ damage }), ...neverRead, failed }).verdict).toBe('healthy');
  });
  test('is not seen by a clock', () => {
    expect(end({ plan, phases: { ...phases, verifiedAt: ago(-20_000) } }).reason).toMatch(/CheckerBlind/);
  });
  test('was seen by its checks, whatever failed later', () => {
    const { removedAt: _, ...there } = phases;
    const failed = { error: 'CopyStillThere', reason: 'removing' };
    const { checks } = end({ plan, checks: [red], phases: there, failed });
    expect(checks.find(({ name }) => name === 'checker')?.verdict).toBe('healthy');
  });
  test('is red all the same when it is still there', () => {
    const { removedAt: _, ...there } = phases;
    expect(end({ plan, checks: [red], phases: there }).verdict).toBe('error');
  });
});

test('phases follow each other, and one that was not reached is left out', () => {
  const { removedAt: _, ...reached } = phases;
  expect(phaseSeconds(aPlan(), reached)).toEqual({ choose: 1, arm: 1, restore: 598, answer: 10, verify: 90 });
});

test('costs are rounded up to the cent, and time never runs backwards', () => {
  expect(costOf(0.12, now, ago(-3600))).toBe(0.12);
  expect(costOf(0.12, now, ago(-1))).toBe(0.01);
  expect(costOf(0.12, now, ago(5))).toBe(0);
});
