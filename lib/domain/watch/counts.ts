import type { Slot } from '../../contracts/names.ts';
import type { Bucket } from '../../contracts/signals.ts';

/** Requests that a slot answered and how many of them failed. */
export type Counts = { requests: number; failures: number };

export const noCounts: Counts = { requests: 0, failures: 0 };

export const plus = (a: Counts, b: Counts): Counts => ({
  requests: a.requests + b.requests,
  failures: a.failures + b.failures,
});

export const total = (counts: readonly Counts[]): Counts => counts.reduce(plus, noCounts);

export const countsOf = (buckets: readonly Bucket[], slot: Slot): Counts =>
  total(buckets.filter((bucket) => bucket.slot === slot));

export const failureRate = ({ requests, failures }: Counts): number => (requests === 0 ? 0 : failures / requests);

/** `12 of 800 requests failed (1.50 %)` */
export const describeCounts = (counts: Counts): string =>
  `${counts.failures} of ${counts.requests} requests failed (${(failureRate(counts) * 100).toFixed(2)} %)`;

/** Mean rate of both slots together over the seconds that the buckets cover. */
export const requestsPerSecond = (buckets: readonly Bucket[], seconds: number): number =>
  total(buckets).requests / seconds;
