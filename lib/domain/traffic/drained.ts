import { type Instant, plusSeconds } from '../../contracts/instant.ts';
import type { Slot } from '../../contracts/names.ts';
import { type Bucket, bucketSeconds, bucketStart } from '../../contracts/signals.ts';

/** Start of the first bucket that must be empty: the one in which the last `drainSeconds` began. */
export const drainStart = (now: Instant, drainSeconds: number): Instant => bucketStart(plusSeconds(now, -drainSeconds));

/** True when every bucket from `drainStart` to now is there and the slot answered nothing in it. A gap proves nothing. */
export const drained = (buckets: readonly Bucket[], slot: Slot, now: Instant, drainSeconds: number): boolean => {
  const ours = buckets.filter((bucket) => bucket.slot === slot);
  for (let start = drainStart(now, drainSeconds); start < now; start = plusSeconds(start, bucketSeconds)) {
    const here = ours.filter((bucket) => bucket.start === start);
    if (here.length === 0 || here.some(({ requests }) => requests > 0)) return false;
  }
  return true;
};
