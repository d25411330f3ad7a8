import type { Counts } from './counts.ts';

/*
 * Evidence is kept as the logarithm of an e-value: a quantity whose mean is at most 1 while the hypothesis holds, at any
 * time one may look. By Ville's inequality it exceeds 1/alpha at some time with probability at most alpha, so looking
 * after every request is allowed (Wald 1945; Ramdas et al., "Game-theoretic statistics and safe anytime-valid
 * inference", 2023).
 */

/** ln of the likelihood ratio of `counts` between two failure rates. */
const logRatio = ({ requests, failures }: Counts, rate: number, against: number): number =>
  failures * Math.log(rate / against) + (requests - failures) * Math.log((1 - rate) / (1 - against));

const logMean = (logs: readonly number[]): number => {
  const top = Math.max(...logs);
  return top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0) / logs.length);
};

const candidateRates = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.95] as const;

/** Rates worse than tolerated between which the test spreads its bets, one of them near any real fault. */
export const alternatives = (tolerated: number): number[] => {
  const worse = candidateRates.filter((rate) => rate > 2 * tolerated);
  return worse.length > 0 ? worse : [(1 + tolerated) / 2];
};

/** Evidence against "fails at most as often as tolerated": the mean of the likelihood ratios of all alternatives. */
export const againstTolerated = (counts: Counts, tolerated: number): number =>
  logMean(alternatives(tolerated).map((rate) => logRatio(counts, rate, tolerated)));

/** Evidence against "fails at least as often as `worst`": Wald's ratio of the tolerated rate to the worst. */
export const againstWorst = (counts: Counts, tolerated: number, worst: number): number =>
  logRatio(counts, tolerated, worst);

/**
 * Evidence against "the new slot fails no more often than the live one": the likelihood of both, each under Jeffreys'
 * mixture of rates, over their best likelihood under that hypothesis (universal inference: Wasserman, Ramdas,
 * Balakrishnan 2020). Dividing by the best one keeps it valid whatever the common rate is.
 */
export const againstSameAsLive = (next: Counts, live: Counts): number => {
  const bestUnder =
    next.failures * live.requests > live.failures * next.requests
      ? logBest(sum(next, live))
      : logBest(next) + logBest(live);
  return logMixture(next) + logMixture(live) - bestUnder;
};

const sum = (a: Counts, b: Counts): Counts => ({
  requests: a.requests + b.requests,
  failures: a.failures + b.failures,
});

const xLogX = (x: number): number => (x === 0 ? 0 : x * Math.log(x));

/** ln of the likelihood at the most likely rate. */
const logBest = ({ requests, failures }: Counts): number =>
  xLogX(failures) + xLogX(requests - failures) - xLogX(requests);

/** ln of B(failures + 1/2, successes + 1/2) / B(1/2, 1/2). */
const logMixture = ({ requests, failures }: Counts): number =>
  logGamma(failures + 0.5) + logGamma(requests - failures + 0.5) - logGamma(requests + 1) - Math.log(Math.PI);

/** ln of the gamma function for x > 0: Stirling's series above 10, the recurrence below (error under 1e-10). */
const logGamma = (x: number): number => {
  if (x < 10) return logGamma(x + 1) - Math.log(x);
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
};
