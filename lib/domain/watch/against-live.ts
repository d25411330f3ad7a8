import { type Counts, noCounts, plus, total } from './counts.ts';
import { fromAnyBeginning, logMean, sumsToEnd } from './evidence.ts';
import { logBest, logMixture } from './likelihood.ts';

/** What both slots answered in the same ten seconds. */
export type Pair = { closed: boolean; new: Counts; live: Counts };

/** How many times more often the new slot may fail: bets spread over two decades. */
export const ratioBets = [Math.sqrt(10), 10, 100] as const;
/** Under this share of its bucket the live slot answered too little to be compared with in that bucket. */
const leastShare = 0.02;

const bothServe = ({ new: next, live }: Pair): boolean =>
  live.requests > 0 && live.requests >= leastShare * (next.requests + live.requests);

/**
 * ln of the evidence against "the new slot fails no more often than the live one". Where both serve, they are compared
 * within the same ten seconds, so that a fault that comes over both (a database is down) speaks against neither; where
 * the new one serves alone, with all that the live one ever answered. The two are averaged, which holds however they
 * depend on each other.
 */
export const againstLive = (pairs: readonly Pair[], baseline: Counts, tolerated: number): number => {
  const served = pairs.filter(({ new: next }) => next.requests > 0);
  const history = plus(baseline, total(pairs.map(({ live }) => live)));
  return logMean([
    sideBySide(served.filter((pair) => bothServe(pair) && pair.closed)),
    alone(
      served.filter((pair) => !bothServe(pair)).map(({ new: next }) => next),
      history,
      tolerated,
    ),
  ]);
};

/**
 * The exact test of two Poisson rates (Przyborowski, Wilenski 1940), one bucket after the other: of k failures together,
 * each is the new slot's with at most its share of the requests. The mean of a factor is 1 for a binomial split and less
 * for the hypergeometric one of real requests (Hoeffding 1963, theorem 4), so it is no approximation. Only closed buckets
 * count: while a bucket fills, its share still changes, and looking at each state of it would count the same luck twice.
 */
const sideBySide = (pairs: readonly Pair[]): number => {
  const byBet = ratioBets.map((bet) => sumsToEnd(pairs.map((pair) => logSplit(pair, shareOf(pair), bet))));
  return fromAnyBeginning(pairs.map((_, begin) => logMean(byBet.map((sums) => sums[begin] ?? 0))));
};

const shareOf = ({ new: next, live }: Pair): number => next.requests / (next.requests + live.requests);

/** ln of the likelihood ratio of who failed: the new slot `bet` times as often as its `share` says, to just as often. */
export const logSplit = ({ new: next, live }: Pair, share: number, bet: number): number =>
  next.failures * Math.log(bet) - (next.failures + live.failures) * Math.log(bet * share + 1 - share);

const alone = (counts: readonly Counts[], history: Counts, tolerated: number): number => {
  const fromEach: number[] = [];
  let sum = noCounts;
  for (const bucket of counts.toReversed()) {
    sum = plus(sum, bucket);
    fromEach.push(againstOneRate(sum, history, tolerated));
  }
  return fromAnyBeginning(fromEach.reverse());
};

/**
 * Universal inference (Wasserman, Ramdas, Balakrishnan 2020): the likelihood of both under a mixture of all rates, over
 * the best one possible while the new slot fails no more often. Dividing by the best keeps it valid at any time and
 * whatever the common rate is; that the live slot's mixture expects a tolerated rate makes it quick, not wrong. It takes
 * the live slot's rate as constant.
 */
const againstOneRate = (next: Counts, history: Counts, tolerated: number): number => {
  const worse = next.failures * history.requests > history.failures * next.requests;
  const best = worse ? logBest(plus(next, history)) : logBest(next) + logBest(history);
  return logMixture(next) + logMixture(history, 0.5 / tolerated) - best;
};
