import { logSplit, type Pair, ratioBets } from './against-live.ts';
import { fromAnyBeginning, logMean, sumsToEnd } from './evidence.ts';

/**
 * ln of the evidence against "the new slot fails no more often than the live one", from the weight that was written for
 * this stage. While both fail alike, a failed request is the new slot's with at most its share of the traffic, whenever it
 * comes and however the common rate changes. So each failure is a factor of mean 1 or less, and a bucket may be judged
 * while it still fills. Just after a switch the true share is smaller than the written one, which errs on the safe side;
 * a load balancer that gave the new slot more than was written would not.
 */
export const asRouted = (stage: readonly Pair[], share: number): number => {
  const byBet = ratioBets.map((bet) => sumsToEnd(stage.map((pair) => logSplit(pair, share, bet))));
  return fromAnyBeginning(stage.map((_, begin) => logMean(byBet.map((sums) => sums[begin] ?? 0))));
};
