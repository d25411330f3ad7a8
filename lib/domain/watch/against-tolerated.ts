import type { Counts } from './counts.ts';
import { fromAnyBeginning, logMean, sumsToEnd } from './evidence.ts';

/** ln of the likelihood ratio of `counts`: failing at `rate` to failing at `against`. */
export const logRatio = ({ requests, failures }: Counts, rate: number, against: number): number =>
  failures * Math.log(rate / against) + (requests - failures) * Math.log((1 - rate) / (1 - against));

const step = Math.sqrt(10);

/** Failure rates to bet on, two per decade, so that one is near any real fault: for 0.1 % they are 0.3, 1, 3, 10 and 32 %. */
const betsAbove = (tolerated: number): number[] => {
  const bets: number[] = [];
  for (let rate = tolerated * step; rate < 1; rate *= step) bets.push(rate);
  return bets.length > 0 ? bets : [(1 + tolerated) / 2];
};

/**
 * ln of the evidence against "no request fails with a probability above `tolerated`". Each factor, for a request at rate
 * p, has the mean p·b/t + (1-p)(1-b)/(1-t) with bet b above t; it rises with p and is 1 at p = t. So it holds for rates
 * that change below t, and in the middle of a bucket too, since each request is a factor of its own.
 */
export const againstTolerated = (buckets: readonly Counts[], tolerated: number): number => {
  const byBet = betsAbove(tolerated).map((bet) => sumsToEnd(buckets.map((counts) => logRatio(counts, bet, tolerated))));
  return fromAnyBeginning(buckets.map((_, begin) => logMean(byBet.map((sums) => sums[begin] ?? 0))));
};

/**
 * ln of the evidence against "fails with probability `worst` or more": Wald's ratio, turned round. It reaches 1/beta for
 * such a release with probability at most beta.
 */
export const againstWorst = (counts: Counts, tolerated: number, worst: number): number =>
  logRatio(counts, tolerated, worst);
