import type { ReleasePolicy } from '../../contracts/policy.ts';
import type { Placement } from '../../contracts/release.ts';
import type { Answer } from '../../contracts/routing.ts';
import type { Check, Verdict } from '../../contracts/verdict.ts';

/** Nearest-rank percentile: the smallest value that at least `share` of all values do not exceed. */
const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.POSITIVE_INFINITY;

/** Answers of a slot that no user has seen yet. Another version answering is as bad as an error: it is not what was asked for. */
export const judgeSmoke = (answers: readonly Answer[], target: Placement, policy: ReleasePolicy['smoke']): Check => {
  const check = (verdict: Verdict, reason: string): Check => ({ name: 'smoke', verdict, reason });
  const stranger = answers.find(({ ok, slot, digest }) => ok && (slot !== target.slot || digest !== target.digest));
  if (stranger)
    return check(
      'unhealthy',
      `${stranger.digest ?? 'no version'} in slot ${stranger.slot ?? 'unknown'} answered instead of ${target.digest}`,
    );
  if (answers.length < policy.requests)
    return check('inconclusive', `${answers.length} of ${policy.requests} requests were sent`);
  const failures = answers.filter(({ ok }) => !ok).length;
  if (failures > policy.maxFailures)
    return check('unhealthy', `${failures} of ${answers.length} requests failed, ${policy.maxFailures} allowed`);
  const p95Ms = percentile(
    answers.map(({ latencyMs }) => latencyMs),
    0.95,
  );
  if (p95Ms > policy.maxP95Ms)
    return check('unhealthy', `p95 is ${Math.round(p95Ms)} ms, ${policy.maxP95Ms} ms allowed`);
  return check('healthy', `${answers.length} requests, ${failures} failed, p95 ${Math.round(p95Ms)} ms`);
};
