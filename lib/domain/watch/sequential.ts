import type { WatchPolicy } from '../../contracts/policy.ts';
import type { Check, Verdict } from '../../contracts/verdict.ts';
import { againstLive, type Pair } from './against-live.ts';
import { againstTolerated, againstWorst } from './against-tolerated.ts';
import { type Counts, describeCounts, plus, total } from './counts.ts';

/** `pairs`: all buckets since the first shift. `stage`: what the new slot answered since the present switch. */
export type SequentialFacts = { pairs: readonly Pair[]; stage: Counts; baseline: Counts };

/**
 * Unhealthy: the new slot fails more often than tolerated and more often than the live one, each shown at level `alpha`,
 * so a good release is called so with at most that probability however often one looks. Healthy: since the last switch
 * it does not fail as often as `worstErrorRate`, wrong with at most probability `beta`.
 */
export const sequentialTest = (policy: WatchPolicy, facts: SequentialFacts): Check => {
  const { toleratedErrorRate: tolerated, worstErrorRate: worst, alpha, beta } = policy;
  const next = total(facts.pairs.map((pair) => pair.new));
  const live = plus(facts.baseline, total(facts.pairs.map((pair) => pair.live)));
  const check = (verdict: Verdict, reason: string): Check => ({ name: 'sequential', verdict, reason });
  if (tooMany(policy, facts)) {
    const seen = `${describeCounts(next)}, more than the tolerated ${percent(tolerated)} at level ${alpha}`;
    if (live.requests === 0) return check('unhealthy', `${seen}; the live slot answered nothing to compare with`);
    return againstLive(facts.pairs, facts.baseline, tolerated) >= Math.log(1 / alpha)
      ? check('unhealthy', `${seen}, and more than the live slot: ${describeCounts(live)}`)
      : check('inconclusive', `${seen}, but not shown to be more than the live slot: ${describeCounts(live)}`);
  }
  const since = `since the switch ${describeCounts(facts.stage)}`;
  return againstWorst(facts.stage, tolerated, worst) >= Math.log(1 / beta)
    ? check('healthy', `${since}, under ${percent(worst)} at level ${beta}`)
    : check('inconclusive', `${since}, too few to rule ${percent(worst)} out`);
};

const tooMany = ({ toleratedErrorRate, alpha }: WatchPolicy, { pairs }: SequentialFacts): boolean =>
  againstTolerated(
    pairs.map((pair) => pair.new),
    toleratedErrorRate,
  ) >= Math.log(1 / alpha);

const percent = (rate: number): string => `${Number((rate * 100).toPrecision(3))} %`;
