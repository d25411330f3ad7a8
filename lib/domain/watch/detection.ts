import type { WatchPolicy } from '../../contracts/policy.ts';
import type { Detection } from '../../contracts/release.ts';
import { alternatives } from './evidence.ts';

/** Failure rates for which the detection time is stated before every shift. */
const statedRates = [0.01, 0.05, 0.2, 1] as const;

/** Mean evidence one request brings when the true rate is `rate` and the test bets on `bet` against `tolerated`. */
const gain = (rate: number, bet: number, tolerated: number): number =>
  rate * Math.log(bet / tolerated) + (1 - rate) * Math.log((1 - bet) / (1 - tolerated));

/** Requests that Wald's test needs on average to tell `bad` from `tolerated` (Wald 1945, formula for the mean sample size). */
export const waldRequests = (tolerated: number, bad: number, alpha: number, beta: number): number => {
  const accept = Math.log((1 - beta) / alpha);
  const reject = Math.log(beta / (1 - alpha));
  return ((1 - beta) * accept + beta * reject) / gain(bad, bad, tolerated);
};

/** The same for our test, which does not know the fault's rate: the spread over its alternatives costs ln(how many). */
const requestsUntilSeen = (rate: number, { toleratedErrorRate, alpha }: WatchPolicy): number => {
  const bets = alternatives(toleratedErrorRate);
  const best = Math.max(...bets.map((bet) => gain(rate, bet, toleratedErrorRate)));
  return best > 0 ? Math.ceil(Math.log(bets.length / alpha) / best) : Number.POSITIVE_INFINITY;
};

/**
 * When the watch will see which fault, at `requestsPerSecond` on the new slot: the mean, in requests and in seconds, and
 * never under one window. `seconds` is null where nothing is sent or no number of requests would do.
 */
export const statedDetection = (policy: WatchPolicy, requestsPerSecond: number): Detection[] =>
  statedRates.map((errorRate) => {
    const requests = requestsUntilSeen(errorRate, policy);
    const seconds = Math.max(policy.windowSeconds, requests / requestsPerSecond);
    return { errorRate, requests, seconds: Number.isFinite(seconds) ? Math.round(seconds * 10) / 10 : null };
  });

export const describeDetection = (detections: readonly Detection[]): string =>
  detections
    .map(({ errorRate, requests, seconds }) => {
      const after = seconds === null ? `after ${requests} requests` : `in about ${seconds} s`;
      return `${errorRate * 100} % errors are seen ${after}`;
    })
    .join(', ');
