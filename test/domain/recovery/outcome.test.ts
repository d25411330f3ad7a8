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
    ['a quota in the way', { failed: { error: 'QuotaExceeded', reason: '40 instances' } }, 'error', /QuotaExceeded/],
  ])('%s', (_, changes, verdict, reason) => {
    expect(end(changes)).toMatchObject({ verdict, reason: expect.stringMatching(reason) });
  });
});

describe('a copy that was damaged on purpose', () => {
  const plan = aPlan({ damage: 'dropped-table' });
  test('is healthy when a check saw it, and says which', () => {
    expect(end({ plan, checks: [red] })).toMatchObject({
      verdict: 'healthy',
      reason: 'checker: dropped-table was seen by rows',
    });
  });
  test('is red when no check saw it', () => {
    expect(end({ plan })).toMatchObject({ verdict: 'unhealthy', reason: expect.stringMatching(/CheckerBlind/) });
  });
  test('is red when nobody could look: that is no finding', () => {
    expect(end({ plan, failed: { error: 'QuotaExceeded', reason: 'full' } }).verdict).toBe('unhealthy');
  });
  test('is healthy when the restore itself refused the damage', () => {
    expect(end({ plan, failed: { error: 'RestoreFailed', reason: 'WAL ends too early' } }).verdict).toBe('healthy');
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
