import type { WatchPolicy } from '../../contracts/policy.ts';
import type { Check, Verdict } from '../../contracts/verdict.ts';
import { type Counts, errorRate } from './counts.ts';
import { againstSameAsLive, againstTolerated, againstWorst } from './evidence.ts';

const percent = (counts: Counts): string =>
  `${counts.failures} of ${counts.requests} requests failed (${(errorRate(counts) * 100).toFixed(2)} %)`;

/**
 * Unhealthy: the new slot fails more often than tolerated, with at most `alpha` chance to say so of a good one, and more
 * often than the live slot. A fault that both share (a database is down) is not blamed on the release. Healthy: it does
 * not fail as often as `worstErrorRate`, with at most `beta` chance to say so of one that does.
 */
export const sequentialTest = (policy: WatchPolicy, seen: { new: Counts; live: Counts }, baseline: Counts): Check => {
  const check = (verdict: Verdict, reason: string): Check => ({
    name: 'sequential',
    verdict,
    reason: `${percent(seen.new)}: ${reason}`,
  });
  const enough = Math.log(1 / policy.alpha);
  const live = comparable(seen.live, baseline, policy.minimumRequests);
  const tooMany = againstTolerated(seen.new, policy.toleratedErrorRate) >= enough;
  if (tooMany && worseThan(live, seen.new, enough))
    return check(
      'unhealthy',
      `more than the tolerated ${policy.toleratedErrorRate * 100} % and more than the live slot`,
    );
  if (tooMany) return check('inconclusive', `too many, but the live slot fails alike: ${percent(live)}`);
  const fine = againstWorst(seen.new, policy.toleratedErrorRate, policy.worstErrorRate) >= Math.log(1 / policy.beta);
  return fine
    ? check('healthy', `fewer than ${policy.worstErrorRate * 100} %`)
    : check('inconclusive', 'not enough requests to tell');
};

/** What the live slot does now, or did before the shift where it has too little traffic left. */
const comparable = (live: Counts, baseline: Counts, minimum: number): Counts =>
  live.requests >= minimum ? live : baseline;

/** With nothing to compare to, the tolerated rate alone decides: unknown is not an excuse. */
const worseThan = (live: Counts, next: Counts, enough: number): boolean =>
  live.requests === 0 || againstSameAsLive(next, live) >= enough;
