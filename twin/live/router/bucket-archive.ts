import { fromMs, toMs } from '../../../lib/contracts/instant.ts';
import type { Slot } from '../../../lib/contracts/names.ts';
import type { Bucket } from '../../../lib/contracts/signals.ts';

/** Buckets that are over. */
export interface BucketArchive {
  keep(bucket: Bucket): void;
  /** What is kept of that bucket, together with `more` that was counted of it. */
  find(slot: Slot, startMs: number, more?: Bucket): Bucket;
  forgetBefore(ms: number): void;
}

export const createArchive = (earlier: readonly Bucket[]): BucketArchive => {
  const kept = new Map<string, Bucket>();
  const keep = (bucket: Bucket): void => {
    const key = keyOf(bucket.slot, toMs(bucket.start));
    kept.set(key, merged(kept.get(key), bucket));
  };
  earlier.forEach(keep);
  return {
    keep,
    find: (slot, startMs, more = { start: fromMs(startMs), slot, requests: 0, failures: 0 }) =>
      merged(kept.get(keyOf(slot, startMs)), more),
    forgetBefore(ms) {
      // Insertion order is time order, so the first one that is young enough ends the search.
      for (const [key, bucket] of kept) {
        if (toMs(bucket.start) >= ms) return;
        kept.delete(key);
      }
    },
  };
};

const keyOf = (slot: Slot, startMs: number): string => `${startMs}/${slot}`;

/** One bucket counted in two parts. Percentiles cannot be added: the worse one is the careful answer. */
const merged = (a: Bucket | undefined, b: Bucket): Bucket => {
  if (!a) return b;
  const worse = (key: 'p95Ms' | 'p99Ms') => Math.max(a[key] ?? 0, b[key] ?? 0);
  const counts = { requests: a.requests + b.requests, failures: a.failures + b.failures };
  return { ...b, ...counts, p95Ms: worse('p95Ms'), p99Ms: worse('p99Ms') };
};
