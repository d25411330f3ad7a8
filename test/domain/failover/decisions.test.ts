import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SideAnswer } from '../../../lib/contracts/failover.ts';
import { confirmLoss, momentOfLoss } from '../../../lib/domain/failover/confirm-loss.ts';
import { failBackPlan } from '../../../lib/domain/failover/fail-back-plan.ts';
import { judgeRequests } from '../../../lib/domain/failover/judge-requests.ts';
import { judgeSentinel } from '../../../lib/domain/failover/judge-sentinel.ts';
import { judgeWritable } from '../../../lib/domain/failover/judge-writable.ts';
import { mayPromote } from '../../../lib/domain/failover/may-promote.ts';
import { measureRpo, measureRto } from '../../../lib/domain/failover/measure.ts';
import { failoverProblems } from '../../../lib/domain/failover/policy-problems.ts';
import { podsReady, slotsToFill } from '../../../lib/domain/failover/slots-to-fill.ts';
import { allTo, assertSideWeights } from '../../../lib/domain/failover/weights.ts';
import { aLive, aSlotState } from '../../support/builders.ts';
import { aFailoverPlan, aFailoverPolicy, anInstance, aWitness, now, threeWitnesses } from './builders.ts';

describe('whether the region is lost', () => {
  test('when all three say so', () => {
    expect(confirmLoss(threeWitnesses(), 3)).toMatchObject({ lost: true });
  });
  test.each(['answers', 'unknown'] as const)('not when one says %s', (saw) => {
    const { lost, reason } = confirmLoss(threeWitnesses({ saw, reason: 'port 5432 was open' }), 3);
    expect(lost).toBe(false);
    expect(reason).toContain('port 5432 was open');
  });
  test('not when one of three was not asked', () => {
    expect(confirmLoss(threeWitnesses().slice(0, 2), 3).lost).toBe(false);
  });
  test('not when nobody was asked', () => {
    expect(confirmLoss([], 3).lost).toBe(false);
  });
  test('not when one speaks in the name of another', () => {
    expect(confirmLoss(threeWitnesses({ name: 'health-check' }), 3).lost).toBe(false);
  });
  test('never, whoever speaks, unless each says lost', () => {
    const saw = fc.constantFrom('lost' as const, 'answers' as const, 'unknown' as const);
    const spoken = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), saw }), { maxLength: 5 });
    fc.assert(
      fc.property(spoken, (given) => {
        const witnesses = given.map((each) => aWitness(each));
        const allLost = witnesses.every((each) => each.saw === 'lost');
        return !confirmLoss(witnesses, 3).lost || (allLost && witnesses.length >= 3);
      }),
    );
  });
});

describe('the moment of loss', () => {
  const later = '2026-05-01T09:58:00.000Z';
  test('is the latest sign of life that any witness saw', () => {
    const [a, b, c] = threeWitnesses({ lastSignAt: later });
    const signs = [{ ...aWitness(), ...a, lastSignAt: '2026-05-01T09:50:00.000Z' }, b, c] as never;
    expect(momentOfLoss(signs, now)).toBe(later);
  });
  test('is the confirmation when nobody saw a sign', () => {
    expect(momentOfLoss(threeWitnesses(), now)).toBe(now);
  });
  test('is never after the confirmation', () => {
    expect(momentOfLoss(threeWitnesses({ lastSignAt: '2026-05-01T11:00:00.000Z' }), now)).toBe(now);
  });
});

describe('whether another server may take writes', () => {
  test.each([
    ['fenced', 'refuses', true],
    ['fenced', 'silent', true],
    ['fenced', 'writes', false],
    ['unreachable', 'refuses', true],
    ['unreachable', 'silent', true],
    ['unreachable', 'writes', false],
  ] as const)('the old one is %s and %s: %s', (fence, state, allowed) => {
    expect(mayPromote({ fence, state }).allowed).toBe(allowed);
  });
  test('says that a silent one was not fenced', () => {
    expect(mayPromote({ fence: 'unreachable', state: 'silent' }).reason).toContain('not fenced');
  });
});

describe('pods of the second region', () => {
  const facts = { service: 'shop', floor: 3, live: aLive(), state: aSlotState({ digest: aLive().digest }) };
  test('that are too few are filled to the floor', () => {
    const few = { ...facts, state: { ...facts.state, wanted: 1, ready: 1 } };
    expect(slotsToFill([few])).toEqual([{ service: 'shop', slot: 'blue', digest: aLive().digest, replicas: 3 }]);
  });
  test('that are enough are left alone', () => {
    expect(slotsToFill([facts, { ...facts, state: { ...facts.state, wanted: 9 } }])).toEqual([]);
  });
  test('of another version are replaced, and never by fewer', () => {
    const other = { ...facts, state: aSlotState({ wanted: 5 }) };
    expect(slotsToFill([other])).toMatchObject([{ replicas: 5 }]);
    expect(podsReady(other).ready).toBe(false);
  });
  test('of a service without a live release are never ready', () => {
    expect(podsReady({ ...facts, live: undefined }).ready).toBe(false);
    expect(slotsToFill([{ ...facts, live: undefined }])).toEqual([]);
  });
  test('are ready from the floor on', () => {
    expect(podsReady(facts).ready).toBe(true);
    expect(podsReady({ ...facts, state: { ...facts.state, ready: 2 } }).ready).toBe(false);
  });
});

describe('requests through a name', () => {
  const answer = (differs: Partial<SideAnswer> = {}): SideAnswer => ({
    ok: true,
    latencyMs: 5,
    side: 'second',
    ...differs,
  });
  test.each([
    ['all answered there', [answer(), answer()], 'healthy'],
    ['one answered elsewhere', [answer(), answer({ side: 'primary' })], 'unhealthy'],
    ['one answered by nobody knows whom', [answer(), { ok: true, latencyMs: 5 }], 'unhealthy'],
    ['one failed', [answer(), answer({ ok: false })], 'error'],
    ['none sent', [], 'inconclusive'],
  ] as const)('%s', (_, answers, verdict) => {
    expect(judgeRequests('shop.example.com', answers, 'second').verdict).toBe(verdict);
  });
});

describe('a sentinel that was written', () => {
  const seven = { sequence: 7, at: now, hash: 'seven' };
  const eight = { sequence: 8, at: now, hash: 'eight' };
  test.each([
    ['is read again', eight, { newest: eight, count: 8 }, seven, 'healthy'],
    ['is not there', eight, { newest: seven, count: 7 }, seven, 'error'],
    ['is there without any that came over', eight, { newest: eight, count: 1 }, null, 'healthy'],
    ['is older than what came over', seven, { newest: seven, count: 7 }, eight, 'unhealthy'],
    ['stands on a broken chain', eight, { newest: eight, count: 8, broken: '5 is missing' }, seven, 'unhealthy'],
  ] as const)('%s', (_, written, read, before, verdict) => {
    expect(judgeSentinel(written, read, before).verdict).toBe(verdict);
  });
});

describe('whether a server takes writes', () => {
  const facts = { target: 'shop-second', instance: anInstance(), deadline: now, now, state: 'writes' as const };
  const late = '2026-05-01T10:00:01.000Z';
  test.each([
    ['a write was taken', facts, 'ready'],
    ['it refuses still', { ...facts, state: 'refuses' as const }, 'waiting'],
    ['it refuses past the deadline', { ...facts, state: 'refuses' as const, now: late }, 'failed'],
    ['it is being made', { ...facts, instance: anInstance({ status: 'creating' }) }, 'waiting'],
    ['it is not there', { ...facts, instance: undefined }, 'waiting'],
    ['it failed', { ...facts, instance: anInstance({ status: 'failed' }) }, 'failed'],
  ])('%s', (_, given, state) => {
    expect(judgeWritable(given).state).toBe(state);
  });
});

describe('what is measured', () => {
  const sentinel = { sequence: 7, at: '2026-05-01T09:59:30.000Z', hash: 'seven' };
  test('the time to recover counts from the start to what requests showed', () => {
    expect(measureRto(now, '2026-05-01T10:04:30.500Z')).toBe(270.5);
  });
  test('the loss of data counts from the newest sentinel to the moment of loss', () => {
    expect(measureRpo(sentinel, now)).toBe(30);
  });
  test('a sentinel after the last sign of life loses nothing', () => {
    expect(measureRpo({ ...sentinel, at: '2026-05-01T10:00:10.000Z' }, now)).toBe(0);
  });
  test('without a sentinel it is not known', () => {
    expect(measureRpo(null, now)).toBeNull();
  });
});

describe('weights of a name', () => {
  test('all to one side', () => {
    expect(allTo('second')).toEqual({ primary: 0, second: 100 });
  });
  test.each([
    { primary: 60, second: 30 },
    { primary: 110, second: -10 },
    { primary: 99.5, second: 0.5 },
  ])('%j are refused', (weights) => {
    expect(() => assertSideWeights(weights)).toThrow(expect.objectContaining({ name: 'WeightsInvalid' }));
  });
});

describe('the way back', () => {
  test('begins with the fence that is missing', () => {
    const fencing = { fence: 'unreachable', state: 'silent', reason: 'nobody answers' } as const;
    expect(failBackPlan(aFailoverPlan(), fencing)[0]).toMatch(/Before anything else: shop-first was not fenced/);
  });
  test('leaves a fence that is there', () => {
    const fencing = { fence: 'fenced', state: 'refuses', reason: 'fenced' } as const;
    expect(failBackPlan(aFailoverPlan(), fencing)[0]).toContain('leave it so');
  });
  test('of a drill is empty', () => {
    expect(failBackPlan(aFailoverPlan({ mode: 'drill' }), null)).toEqual([]);
  });
});

describe('a failover section that contradicts itself', () => {
  test('is told field by field', () => {
    const policy = aFailoverPolicy({
      replica: 'shop-first',
      records: ['shop.example.com', 'shop.example.com'],
      drillRecord: 'shop.example.com',
    });
    const fields = failoverProblems('shop-first', policy).map(({ field }) => field);
    expect(fields).toEqual(['replica', 'drillRecord', 'records']);
  });
  test('a good one has no problem', () => {
    expect(failoverProblems('shop-first', aFailoverPolicy())).toEqual([]);
  });
});
