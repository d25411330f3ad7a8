import type { ReleasePolicy } from '../../contracts/policy.ts';
import { bucketSeconds } from '../../contracts/signals.ts';
import { longestDeploymentSeconds, longestWatchSeconds, looksThatFit } from './longest-run.ts';

/** A contradiction within a policy. `field` is its path, e.g. `watch.alpha`; the message ends with what came. */
export type PolicyProblem = { field: string; message: string };

type Rule = { field: string; holds: boolean; message: string };

/** Everything that is wrong between the fields of a policy whose single fields are each allowed. */
export const policyProblems = (policy: ReleasePolicy): PolicyProblem[] =>
  [...shiftRules(policy), ...testRules(policy), ...timeRules(policy)]
    .filter(({ holds }) => !holds)
    .map(({ field, message }) => ({ field, message }));

const shiftRules = ({ gates, shift, smoke }: ReleasePolicy): Rule[] => {
  const weights = shift.map(({ weight }) => weight);
  const rising = weights.every((weight, index) => index === 0 || weight > (weights[index - 1] ?? 0));
  return [
    { field: 'gates', holds: Object.keys(gates).length > 0, message: 'must name at least one gate, got none' },
    {
      field: 'shift',
      holds: rising && weights.at(-1) === 100,
      message: `weights must rise to exactly 100, got ${weights.join(', ')}`,
    },
    {
      field: 'smoke.maxFailures',
      holds: smoke.maxFailures < smoke.requests,
      message: `must be less than smoke.requests (${smoke.requests}), got ${smoke.maxFailures}`,
    },
  ];
};

const testRules = ({ watch }: ReleasePolicy): Rule[] => {
  const { toleratedErrorRate: tolerated, worstErrorRate: worst, alpha, beta, limits } = watch;
  const notACoin = 'must be less than 0.5, the chance of a coin';
  return [
    { field: 'watch.alpha', holds: alpha < 0.5, message: `${notACoin}, got ${alpha}` },
    { field: 'watch.beta', holds: beta < 0.5, message: `${notACoin}, got ${beta}` },
    {
      field: 'watch.worstErrorRate',
      holds: worst > tolerated,
      message: `must be above toleratedErrorRate (${tolerated}), got ${worst}`,
    },
    {
      field: 'watch.limits.errorRate',
      holds: limits.errorRate > tolerated,
      message: `must be above toleratedErrorRate (${tolerated}), got ${limits.errorRate}`,
    },
    {
      field: 'watch.limits.p99Ms',
      holds: limits.p99Ms >= limits.p95Ms,
      message: `must be at least p95Ms (${limits.p95Ms}), got ${limits.p99Ms}`,
    },
  ];
};

const timeRules = (policy: ReleasePolicy): Rule[] => {
  const { watch, leaseSeconds } = policy;
  const looks = Math.ceil(longestWatchSeconds(policy) / watch.pollSeconds);
  const longest = longestDeploymentSeconds(policy);
  return [
    {
      field: 'watch.windowSeconds',
      holds: watch.windowSeconds % bucketSeconds === 0,
      message: `must be a multiple of ${bucketSeconds}, the seconds of a bucket, got ${watch.windowSeconds}`,
    },
    {
      field: 'watch.heartbeatSeconds',
      holds: watch.heartbeatSeconds > 2 * watch.pollSeconds,
      message: `must be more than twice pollSeconds (${watch.pollSeconds}), got ${watch.heartbeatSeconds}`,
    },
    {
      field: 'watch.pollSeconds',
      holds: looks <= looksThatFit,
      message: `needs up to ${looks} looks in one run and ${looksThatFit} fit in the history of an execution; poll less often or watch for a shorter time, got ${watch.pollSeconds}`,
    },
    {
      field: 'leaseSeconds',
      holds: leaseSeconds > longest,
      message: `must be longer than the longest run of this policy, ${longest} s, got ${leaseSeconds}`,
    },
  ];
};
