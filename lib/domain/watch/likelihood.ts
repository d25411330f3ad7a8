import type { Counts } from './counts.ts';

const xLogX = (x: number): number => (x === 0 ? 0 : x * Math.log(x));

/** ln of the likelihood at the rate that fits best. */
export const logBest = ({ requests, failures }: Counts): number =>
  xLogX(failures) + xLogX(requests - failures) - xLogX(requests);

/**
 * ln of the likelihood under a mixture of all rates, Beta(1/2, b). With b = 1/2 (Jeffreys) any rate is as good as found;
 * with a larger b small rates near 1/(2b) are, for a slot that is known to be well.
 */
export const logMixture = ({ requests, failures }: Counts, b = 0.5): number =>
  logBeta(failures + 0.5, requests - failures + b) - logBeta(0.5, b);

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** ln of the gamma function for x > 0: Stirling's series from 10 on, the recurrence below (error under 1e-9). */
const logGamma = (x: number): number => {
  if (x < 10) return logGamma(x + 1) - Math.log(x);
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
};
