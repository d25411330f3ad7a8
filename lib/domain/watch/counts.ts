import { type Instant, plusSeconds } from '../../contracts/instant.ts';
import type { Slot } from '../../contracts/names.ts';
import { type Bucket, bucketSeconds } from '../../contracts/signals.ts';

/** Requests that a slot answered and how many of them failed. */
export type Counts = { requests: number; failures: number };

const none: Counts = { requests: 0, failures: 0 };

export const countsOf = (buckets: readonly Bucket[], slot: Slot): Counts =>
  buckets
    .filter((bucket) => bucket.slot === slot)
    .reduce(
      (sum, { requests, failures }) => ({ requests: sum.requests + requests, failures: sum.failures + failures }),
      none,
    );

export const errorRate = ({ requests, failures }: Counts): number => (requests === 0 ? 0 : failures / requests);

/** Mean rate of both slots together over the seconds that the buckets cover. */
export const requestsPerSecond = (buckets: readonly Bucket[], seconds: number): number =>
  buckets.reduce((sum, { requests }) => sum + requests, 0) / seconds;

/** True when the slot has a bucket for every ten seconds in [from, to). A gap is not a zero. */
export const gapless = (buckets: readonly Bucket[], slot: Slot, from: Instant, to: Instant): boolean => {
  const starts = new Set(buckets.filter((bucket) => bucket.slot === slot).map(({ start }) => start));
  for (let at = from; at < to; at = plusSeconds(at, bucketSeconds)) if (!starts.has(at)) return false;
  return true;
};
