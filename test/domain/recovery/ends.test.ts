import { describe, expect, test } from '@jest/globals';
import type { Verdict } from '../../../lib/contracts/verdict.ts';
import { drawFor } from '../../../lib/domain/recovery/draw.ts';
import { endOfBackup, endOfCutOff } from '../../../lib/domain/recovery/end-of-backup.ts';
import { failureOf } from '../../../lib/domain/recovery/end-of-drill.ts';
import { judgeRestore, judgeSnapshot } from '../../../lib/domain/recovery/progress.ts';
import { proofOf } from '../../../lib/domain/recovery/proof.ts';
import { modelCatalog } from '../../../twin/model/catalog.ts';
import { aBackup, aDrillOutcome, aDrillPlan } from '../../contracts/good-recovery.ts';
import { aCopy } from './good.ts';

const check = (name: string, verdict: Verdict) => ({ name, verdict, reason: 'because' });
const deadline = '2026-05-01T11:00:00.000Z';
const [early, late] = ['2026-05-01T10:59:59.000Z', '2026-05-01T11:00:01.000Z'];

describe('what a drill proves of its backup', () => {
  const proof = (...checks: ReturnType<typeof check>[]) => proofOf(aDrillPlan(), aDrillOutcome({ checks }));
  test.each([
    ['proven', [check('rows', 'healthy')]],
    ['proven', [check('rows', 'healthy'), check('rto', 'unhealthy'), check('absence', 'error')]],
    ['disproven', [check('rows', 'unhealthy'), check('owners', 'error')]],
    [undefined, [check('rows', 'inconclusive')]],
    [undefined, [check('run', 'error')]],
    [undefined, [check('absence', 'healthy')]],
  ])('%s by %j', (expected, checks) => {
    expect(proof(...checks)).toBe(expected);
  });
  test('nothing, when the copy was damaged on purpose or is of no one backup', () => {
    const { proves: _, ...ofAMoment } = aDrillPlan();
    const outcome = aDrillOutcome();
    expect(proofOf(aDrillPlan({ damage: 'stale' }), outcome)).toBeUndefined();
    expect(proofOf(ofAMoment, outcome)).toBeUndefined();
    expect(proofOf(aDrillPlan(), outcome)).toBe('proven');
  });
});

describe('how far something is', () => {
  const snapshot = { id: 's1', of: 'shop', storageGib: 1, encrypted: true, engineVersion: '18' };
  test('that is not there yet is waited for until its deadline', () => {
    expect(judgeSnapshot(undefined, { deadline, now: early }).state).toBe('waiting');
    expect(judgeSnapshot(undefined, { deadline, now: late }).state).toBe('failed');
    expect(judgeRestore(undefined, { deadline, now: early }).state).toBe('waiting');
    expect(judgeRestore(undefined, { deadline, now: late }).state).toBe('failed');
  });
  test('is not ready before its moment is known', () => {
    const available = { ...snapshot, status: 'available' as const };
    expect(judgeSnapshot(available, { deadline, now: early }).state).toBe('waiting');
    expect(judgeSnapshot({ ...available, takenAt: early }, { deadline, now: late }).state).toBe('ready');
  });
  test('that failed of something else than what it was made from says of what', () => {
    const copy = aCopy({ status: 'failed', statusReason: 'storage-full' });
    const clocked = { deadline, now: early };
    expect(judgeRestore(copy, clocked)).toEqual({ state: 'failed', reason: 'storage-full' });
    expect(judgeRestore({ ...copy, failure: 'StorageFull' }, clocked)).toMatchObject({ failure: 'StorageFull' });
  });
  test('that failed is not waited for', () => {
    expect(judgeSnapshot({ ...snapshot, status: 'failed' }, { deadline, now: early }).state).toBe('failed');
  });
});

describe('the end of a backup', () => {
  const known = modelCatalog().recovery.standard;
  if (!known) throw new Error('the model has no policy');
  const policy = { ...known, exports: [] };
  const taken = aBackup({ takenAt: '2026-05-01T10:00:10.000Z', bytes: 100 });
  const facts = { backup: taken, earlier: [], policy, broken: [], now: '2026-05-01T10:10:00.000Z' };

  test('is complete once its snapshot is there, whatever broke later', () => {
    expect(endOfBackup(facts)).toMatchObject({ status: 'complete', problems: [] });
    expect(endOfBackup({ ...facts, broken: ['no copy'] })).toMatchObject({ status: 'complete', problems: ['no copy'] });
    expect(endOfBackup({ ...facts, backup: aBackup(), broken: ['no room'] }).status).toBe('failed');
  });
  test('names an unusual size and a broken promise', () => {
    const earlier = [1, 2, 3].map((at) => aBackup({ id: `shop-e${at}`, bytes: 1000 }));
    expect(endOfBackup({ ...facts, earlier }).problems[0]).toContain('its size is unusual');
    expect(endOfBackup({ ...facts, now: '2026-05-01T10:30:01.000Z' }).problems[0]).toContain('it took 1801 s');
  });
  test('without an export that the policy asks for is complete, and somebody must look at it', () => {
    const exports = ['dump', 'configuration'] as const;
    const asking = { ...policy, exports: [...exports] };
    const backup = { ...taken, dump: { status: 'failed', reason: 'no room' } as const };
    expect(endOfBackup({ ...facts, backup, policy: asking })).toMatchObject({
      status: 'complete',
      problems: ['its dump is missing: no room', 'its configuration is missing: nobody saw its end'],
    });
  });
  test('of a run that was cut off is told by what it had made', () => {
    expect(endOfCutOff(aBackup(), 'failed')?.status).toBe('failed');
    expect(endOfCutOff(taken, 'failed')?.status).toBe('complete');
    expect(endOfCutOff(aBackup({ status: 'complete' }), 'failed')).toBeUndefined();
  });
});

describe('the error that a drill ends with', () => {
  const blind = [check('checker', 'unhealthy')];
  test.each([
    [undefined, aDrillOutcome(), null],
    ['DrillFailed', aDrillOutcome({ verdict: 'inconclusive' }), null],
    ['OrphanLeft', aDrillOutcome({ absent: false }), null],
    ['CheckerBlind', aDrillOutcome({ verdict: 'unhealthy', checks: blind }), null],
    ['DrillFailed', aDrillOutcome({ verdict: 'unhealthy', checks: blind }), { error: 'QuotaExceeded', cause: '' }],
  ])('%s', (expected, outcome, failed) => {
    expect(failureOf(outcome, failed)).toBe(expected);
  });
});

test('a drill always draws the same, and drills spread over all that there is', () => {
  const drawn = Array.from({ length: 200 }, (_, at) => drawFor(`shop-d${at}`));
  expect(drawFor('shop-d7')).toBe(drawn[7]);
  expect(Math.min(...drawn)).toBeLessThan(0.05);
  expect(Math.max(...drawn)).toBeGreaterThan(0.95);
  expect(drawn.every((one) => one >= 0 && one < 1)).toBe(true);
});
