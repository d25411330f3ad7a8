import { describe, expect, test } from '@jest/globals';
import type { ReleasePolicy } from '../../lib/contracts/policy.ts';
import { judgeGates } from '../../lib/domain/gates/judge-gates.ts';
import { policyProblems } from '../../lib/domain/policy/policy-problems.ts';
import { aPlan, aPolicy, aWatch, now } from '../support/builders.ts';

const fieldsOf = (changes: Partial<ReleasePolicy>) => policyProblems(aPolicy(changes)).map(({ field }) => field);
const stage = (weight: number) => ({ weight, holdSeconds: 30 });

describe('a policy', () => {
  test('may be without contradiction', () => expect(policyProblems(aPolicy())).toEqual([]));

  test.each([
    ['gates', { gates: {} }],
    ['shift', { shift: [stage(5), stage(90)] }],
    ['shift', { shift: [stage(5), stage(5), stage(100)] }],
    ['smoke.maxFailures', { smoke: { requests: 20, maxFailures: 20, maxP95Ms: 500 } }],
    ['watch.alpha', { watch: aWatch({ alpha: 0.5 }) }],
    ['watch.beta', { watch: aWatch({ beta: 0.9 }) }],
    ['watch.worstErrorRate', { watch: aWatch({ worstErrorRate: 0.001 }) }],
    ['watch.limits.errorRate', { watch: aWatch({ limits: { errorRate: 0.001, p95Ms: 1, p99Ms: 1 } }) }],
    ['watch.limits.p99Ms', { watch: aWatch({ limits: { errorRate: 0.05, p95Ms: 2, p99Ms: 1 } }) }],
    ['watch.windowSeconds', { watch: aWatch({ windowSeconds: 15 }) }],
    ['watch.heartbeatSeconds', { watch: aWatch({ heartbeatSeconds: 20 }) }],
    ['watch.pollSeconds', { watch: aWatch({ pollSeconds: 1 }) }],
    ['leaseSeconds', { leaseSeconds: 60 }],
  ] as [string, Partial<ReleasePolicy>][])('is told of %s', (field, changes) => {
    expect(fieldsOf(changes)).toEqual([field]);
  });

  test('is told of all contradictions at once', () => {
    expect(fieldsOf({ gates: {}, leaseSeconds: 60, shift: [stage(5)] })).toEqual(['gates', 'shift', 'leaseSeconds']);
  });

  test('that contradicts itself does not pass the gate "configuration", wherever it came from', () => {
    const policy = aPolicy({ gates: { configuration: { whenInconclusive: 'warn' } }, leaseSeconds: 60 });
    const facts = { image: undefined, alarms: [], badReason: undefined, freezes: [], now };
    expect(judgeGates(aPlan({ policy }), [], facts)).toMatchObject({
      passed: false,
      checks: [{ name: 'configuration', verdict: 'unhealthy', reason: expect.stringMatching(/leaseSeconds/) }],
    });
  });
});
