import type { ReleasePolicy } from '../../contracts/policy.ts';
import { policyProblems } from '../policy/policy-problems.ts';
import type { Answered } from './answered.ts';

/** Rule: a policy that contradicts itself decides nothing, wherever it came from. */
export const consistent = (policy: ReleasePolicy): Answered => {
  const problems = policyProblems(policy).map(({ field, message }) => `${field} ${message}`);
  return problems.length > 0
    ? { verdict: 'unhealthy', reason: `the policy contradicts itself: ${problems.join('; ')}` }
    : { verdict: 'healthy', reason: 'the policy is consistent' };
};
