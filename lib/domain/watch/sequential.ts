import type { WatchPolicy } from '../../contracts/policy.ts';
import type { Check, Verdict } from '../../contracts/verdict.ts';
import { againstLive, type Pair } from './against-live.ts';
import { againstTolerated, againstWorst } from './against-tolerated.ts';
import { asRouted } from './as-routed.ts';
import { type Counts, describeCounts, plus, total } from './counts.ts';
import { logMean } from './evidence.ts';

/**
 * `pairs`: all buckets since the first shift. `stage`: those since the present switch, with the `share` of traffic that it
 * wrote, and what the new slot surely `answered` since.
 */
export type SequentialFacts = {
  pairs: readonly Pair[];
  stage: { pairs: readonly Pair[]; share: number; answered: Counts };
  baseline: Counts;
};

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
    return moreThanLive(facts, tolerated) >= Math.log(1 / alpha)
      ? check('unhealthy', `${seen}, and more than the live slot: ${describeCounts(live)}`)
      : check('inconclusive', `${seen}, but not shown to be more than the live slot: ${describeCounts(live)}`);
  }
  const since = `since the switch ${describeCounts(facts.stage.answered)}`;
  return againstWorst(facts.stage.answered, tolerated, worst) >= Math.log(1 / beta)
    ? check('healthy', `${since}, under ${percent(worst)} at level ${beta}`)
    : check('inconclusive', `${since}, too few to rule ${percent(worst)} out`);
};

type MoreThanLive = Omit<SequentialFacts, 'stage'> & { stage: Omit<SequentialFacts['stage'], 'answered'> };

/** Two ways to compare, averaged: by the requests of closed buckets, and by the written weight as failures come in. */
export const moreThanLive = ({ pairs, stage, baseline }: MoreThanLive, tolerated: number): number =>
  logMean([againstLive(pairs, baseline, tolerated), asRouted(stage.pairs, stage.share)]);

const tooMany = ({ toleratedErrorRate, alpha }: WatchPolicy, { pairs }: SequentialFacts): boolean =>
  againstTolerated(
    pairs.map((pair) => pair.new),
    toleratedErrorRate,
  ) >= Math.log(1 / alpha);

const percent = (rate: number): string => `${Number((rate * 100).toPrecision(3))} %`;
