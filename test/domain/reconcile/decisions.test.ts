import { describe, expect, test } from '@jest/globals';
import type { RunState } from '../../../lib/contracts/run.ts';
import { driftOf } from '../../../lib/domain/reconcile/drift.ts';
import { gathered } from '../../../lib/domain/reconcile/gathered.ts';
import { holderMachine } from '../../../lib/domain/reconcile/holder-of.ts';
import { isLeft } from '../../../lib/domain/reconcile/is-left.ts';
import { isLost } from '../../../lib/domain/reconcile/is-lost.ts';
import { mayBeLost, nextOf } from '../../../lib/domain/reconcile/next-of.ts';
import { heardAs, isDue } from '../../../lib/domain/reconcile/unheard.ts';
import { aLiveRelease } from '../../contracts/good.ts';
import { aChange } from '../../contracts/incidents.contract.ts';

const now = '2026-05-01T10:00:00.000Z';
const [soon, past] = ['2026-05-01T11:00:00.000Z', '2026-05-01T09:00:00.000Z'];
const aRun = (status: RunState['status']): RunState => ({ executionArn: 'arn', name: 'run', status, input: null });
const aLease = (until: string, holder = 'shop-r1') => ({ resource: 'service/shop', holder, token: 3, until });

describe('a run whose end was told to nobody', () => {
  test.each([
    ['deployment', aRun('ABORTED'), undefined, true],
    ['deployment', aRun('FAILED'), undefined, true],
    ['deployment', aRun('ABORTED'), aRun('RUNNING'), false],
    ['deployment', aRun('RUNNING'), undefined, false],
    ['deployment', aRun('SUCCEEDED'), undefined, false],
    ['deployment', undefined, undefined, false],
    ['rollback', aRun('TIMED_OUT'), undefined, true],
    ['rollback', aRun('FAILED'), undefined, false],
    ['remediation', aRun('FAILED'), undefined, true],
  ] as const)('%s, which is %j, and after it %j: %s', (machine, run, next, lost) => {
    expect(isLost(machine, run, next)).toBe(lost);
  });

  test('what its end starts has a name that everybody gives it', () => {
    expect(nextOf({ machine: 'deployment', name: 'shop-r1' })).toEqual({ machine: 'rollback', name: 'undo-shop-r1' });
    expect(nextOf({ machine: 'rollback', name: 'undo-shop-r1' })).toEqual({
      machine: 'rollback',
      name: 'redo-shop-r1',
    });
    expect(nextOf({ machine: 'remediation', name: 'remedy-1a' })).toEqual({ machine: 'escalation', name: 'calls-1a' });
    expect(nextOf({ machine: 'backup', name: 'shop-db-b1' })).toBeUndefined();
    expect(mayBeLost({ machine: 'rollback', name: 'redo-shop-r1' })).toBe(false);
  });
});

describe('a lease', () => {
  const facts = { machine: 'deployment', run: aRun('ABORTED'), ended: true, now } as const;
  test.each([
    ['of a release that has ended', {}, soon, true],
    ['of one that is still to be undone', { ended: false }, soon, false],
    ['of one that goes on', { run: aRun('RUNNING') }, past, false],
    ['of one that nobody knows', { run: undefined }, past, false],
    ['that expired, of a run that is over', { ended: false }, past, true],
    ['of a rollback that failed and needs a person', { machine: 'rollback', run: aRun('FAILED') }, soon, false],
    ['of a failover that is over', { machine: 'failover' }, soon, false],
  ] as const)('%s', (_, differs, until, left) => {
    expect(isLeft({ ...facts, lease: aLease(until), ...differs })).toBe(left);
  });

  test.each([
    ['shop-r1', 'deployment'],
    ['undo-shop-r1', 'rollback'],
    ['remedy-1a', 'remediation'],
    ['failover-shop-db-f1', 'failover'],
    ['renewal-1', undefined],
  ])('held by %s is of %s', (holder, machine) => {
    expect(holderMachine(aLease(soon, holder))).toBe(machine);
  });
});

describe('an alarm', () => {
  const change = aChange({ state: 'firing', at: now });
  test('is looked at when its event has had its time', () => {
    expect(isDue(change, '2026-05-01T10:01:59.000Z')).toBe(false);
    expect(isDue(change, '2026-05-01T10:02:00.000Z')).toBe(true);
  });

  test.each([
    ['the same', {}, true],
    ['a moment that was rounded', { at: '2026-05-01T09:59:59.500Z' }, true],
    ['an earlier one', { at: past }, false],
    ['its end', { state: 'over' }, false],
    ['another alarm', { name: 'cart-crashing' }, false],
  ] as const)('was heard of: %s', (_, differs, heard) => {
    expect(heardAs(change, [aChange({ state: 'firing', at: now, ...differs })]) !== undefined).toBe(heard);
  });
});

describe('traffic', () => {
  const live = aLiveRelease({ slot: 'blue' });
  const facts = { before: live, after: live, weights: { blue: 0, green: 100 }, lease: undefined, now };
  test.each([
    ['elsewhere than on record is drift', {}, true],
    ['where it should be is none', { weights: { blue: 100, green: 0 } }, false],
    ['while somebody holds the service may be anywhere', { lease: aLease(soon) }, false],
    ['that moved while we looked is none', { after: { ...live, since: soon } }, false],
    ['of a service that was never released is none', { before: undefined, after: undefined }, false],
  ])('%s', (_, differs, drifts) => {
    expect(driftOf({ ...facts, ...differs }) !== undefined).toBe(drifts);
  });
});

test('what could not be read is said, and what is too much for one run is left to the next', () => {
  const findings = Array.from({ length: 22 }, (_, at) => ({ kind: 'drift' as const, service: `shop-${at}` }));
  const looked = gathered(
    [
      { what: 'traffic', found: [...findings, ...findings] },
      { what: 'runs', found: undefined },
    ],
    5,
  );
  expect(looked).toMatchObject({ more: 2, blind: ['runs'], oldestMessageSeconds: 5 });
  expect(looked.findings).toHaveLength(20);
});
