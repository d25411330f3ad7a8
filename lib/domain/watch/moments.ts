import { type Instant, plusSeconds } from '../../contracts/instant.ts';
import { otherSlot, type Slot } from '../../contracts/names.ts';
import { type Bucket, bucketSeconds } from '../../contracts/signals.ts';
import type { Counts } from './counts.ts';

/** What both slots answered in the bucket from `start`. A `closed` one can no longer change. */
export type Moment = { start: Instant; closed: boolean; new: Bucket; live: Bucket };

/** Starts of all buckets of [from, to); `from` lies on the grid. */
const startsBetween = (from: Instant, to: Instant): Instant[] => {
  const starts: Instant[] = [];
  for (let start = from; start < to; start = plusSeconds(start, bucketSeconds)) starts.push(start);
  return starts;
};

const keyOf = (slot: Slot, start: Instant): string => `${start}/${slot}`;

/**
 * Joins the slots' buckets of [from, now), in order of time whatever order they came in, and names the starts at which
 * one is missing. A gap is a fault of the measurement, not a quiet service.
 */
export const momentsOf = (
  buckets: readonly Bucket[],
  { newSlot, from, now }: { newSlot: Slot; from: Instant; now: Instant },
): { moments: Moment[]; missing: Instant[] } => {
  const byKey = new Map(buckets.map((bucket) => [keyOf(bucket.slot, bucket.start), bucket]));
  const moments: Moment[] = [];
  const missing: Instant[] = [];
  for (const start of startsBetween(from, now)) {
    const next = byKey.get(keyOf(newSlot, start));
    const live = byKey.get(keyOf(otherSlot(newSlot), start));
    if (!next || !live) missing.push(start);
    const zero = { start, requests: 0, failures: 0 };
    const closed = plusSeconds(start, bucketSeconds) <= now;
    moments.push({
      start,
      closed,
      new: next ?? { ...zero, slot: newSlot },
      live: live ?? { ...zero, slot: otherSlot(newSlot) },
    });
  }
  return { moments, missing };
};

/**
 * What speaks about one stage: the buckets since its switch. Of the bucket in which traffic was switched only failures
 * count, because its good answers may be from before; in the very first one there was no before.
 */
export const stageCounts = (moments: readonly Moment[], switchBucket: Instant): Counts[] =>
  moments
    .filter(({ start }) => start >= switchBucket)
    .map(({ start, new: next }) =>
      start === switchBucket && start !== moments[0]?.start
        ? { requests: next.failures, failures: next.failures }
        : next,
    );
