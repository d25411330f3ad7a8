import type { WatchPolicy } from '../../contracts/policy.ts';
import type { Detection } from '../../contracts/release.ts';
import type { Pair } from './against-live.ts';
import { againstTolerated } from './against-tolerated.ts';
import { moreThanLive } from './sequential.ts';

/** Failure rates for which the detection time is stated before every shift. */
const statedRates = [0.01, 0.05, 0.2, 1] as const;
/** A fault that needs more requests than this is not seen in practice. */
const mostRequests = 2 ** 24;
/** What the watch looks back on before a shift, at the present traffic. */
const historySeconds = 300;

export type PresentTraffic = {
  /** On the new slot, at this weight. Undefined or 0: nobody sends requests. */
  requestsPerSecond: number | undefined;
  /** Of all requests, those that go to the new slot: above 0, at most 1. */
  share: number;
};

/**
 * When the watch will see which fault: the very test of the watch, given the counts to be expected while the live slot
 * fails as often as is tolerated. `seconds` is null without traffic, and never under one window. A rate that no number of
 * requests would tell from a tolerated one is left out.
 */
export const statedDetection = (policy: WatchPolicy, traffic: PresentTraffic): Detection[] =>
  statedRates.flatMap((errorRate) => {
    const requests = fewest((count) => seenAfter(count, errorRate, policy, traffic));
    if (requests === undefined) return [];
    const perSecond = traffic.requestsPerSecond ?? 0;
    const seconds = perSecond > 0 ? Math.max(policy.windowSeconds, requests / perSecond) : null;
    return [{ errorRate, requests, seconds: seconds === null ? null : Math.round(seconds * 10) / 10 }];
  });

const seenAfter = (requests: number, rate: number, policy: WatchPolicy, traffic: PresentTraffic): boolean => {
  const { alpha, toleratedErrorRate: tolerated, limits, minimumRequests } = policy;
  if (rate > limits.errorRate && requests >= minimumRequests) return true;
  const next = { requests, failures: requests * rate };
  const enough = Math.log(1 / alpha);
  return (
    againstTolerated([next], tolerated) >= enough &&
    moreThanLive(expected(next, tolerated, traffic), tolerated) >= enough
  );
};

const expected = (next: Pair['new'], tolerated: number, traffic: PresentTraffic) => {
  const pairs = [besides(next, tolerated, traffic)];
  return { pairs, stage: { pairs, share: traffic.share }, baseline: before(tolerated, traffic) };
};

/** What the live slot answers meanwhile. */
const besides = (next: Pair['new'], tolerated: number, { share }: PresentTraffic): Pair => {
  const requests = (next.requests * (1 - share)) / share;
  return { closed: true, new: next, live: { requests, failures: requests * tolerated } };
};

/** Without traffic the answer is for one request per second, in requests. */
const before = (tolerated: number, { requestsPerSecond, share }: PresentTraffic): Pair['live'] => {
  const requests = (historySeconds * (requestsPerSecond || 1)) / share;
  return { requests, failures: requests * tolerated };
};

/** The smallest number for which it holds, up to a factor of two first, then by halving. */
const fewest = (holds: (count: number) => boolean): number | undefined => {
  let high = 1;
  while (!holds(high)) {
    high *= 2;
    if (high > mostRequests) return undefined;
  }
  for (let low = high / 2; high - low > 1; ) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
};

/** `1 % errors are seen after about 600 requests (60 s), 5 % after 60 (10 s)` */
export const describeDetection = (detections: readonly Detection[]): string => {
  if (detections.length === 0) return 'no error rate can be told from a tolerated one';
  const parts = detections.map(({ errorRate, requests, seconds }) => {
    const time = seconds === null ? 'no traffic now' : `${seconds} s`;
    return `${errorRate * 100} % after about ${requests} requests (${time})`;
  });
  return `errors are seen at ${parts.join(', at ')}`;
};
