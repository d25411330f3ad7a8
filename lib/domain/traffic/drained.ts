import { type Instant, plusSeconds, secondsBetween } from '../../contracts/instant.ts';
import type { Slot } from '../../contracts/names.ts';
import { type Bucket, bucketSeconds, bucketStart } from '../../contracts/signals.ts';

/** Start of the first bucket that must be empty: whole buckets back from the one that is filling now. */
export const drainStart = (now: Instant, drainSeconds: number): Instant =>
  plusSeconds(bucketStart(now), -Math.ceil(drainSeconds / bucketSeconds) * bucketSeconds);

/** True when every bucket since `drainStart` is there and the slot answered nothing in it. */
export const drained = (buckets: readonly Bucket[], slot: Slot, now: Instant, drainSeconds: number): boolean => {
  const start = drainStart(now, drainSeconds);
  const since = buckets.filter((bucket) => bucket.slot === slot && bucket.start >= start);
  const whole = secondsBetween(start, bucketStart(now)) / bucketSeconds;
  return since.length >= whole && since.every(({ requests }) => requests === 0);
};
