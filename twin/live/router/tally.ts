import { type Slot, slots } from '../../../lib/contracts/names.ts';
import { type Bucket, bucketSeconds } from '../../../lib/contracts/signals.ts';
import { createArchive } from './bucket-archive.ts';
import { fillingBucket } from './filling-bucket.ts';

const bucketMs = bucketSeconds * 1000;
/** The longest bake of a policy is 48 hours; what is older nobody asks for. */
const keptMs = 48 * 3_600_000;

/** Counts what one service's slots answered, on the grid of ten seconds. */
export interface Tally {
  count(slot: Slot, latencyMs: number, failed: boolean): void;
  /** With a zero for each slot and bucket without traffic. */
  read(fromMs: number, toMs: number): Bucket[];
  /** Buckets that can no longer change, each handed out once. */
  closed(): Bucket[];
  /** The same and what the present bucket has so far, for a router that is about to end. */
  flushed(): Bucket[];
}

export const createTally = (nowMs: () => number, earlier: readonly Bucket[]): Tally => {
  const archive = createArchive(earlier);
  const filling = { blue: fillingBucket('blue'), green: fillingBucket('green') };
  const handOut: Bucket[] = [];

  const turnOver = (slot: Slot, startMs: number) => {
    const bucket = filling[slot].turnOver(startMs);
    if (bucket.requests === 0) return;
    archive.keep(bucket);
    handOut.push(bucket);
  };
  const roll = () => {
    const startMs = Math.floor(nowMs() / bucketMs) * bucketMs;
    for (const slot of slots) if (filling[slot].startMs() !== startMs) turnOver(slot, startMs);
  };
  const at = (slot: Slot, startMs: number): Bucket =>
    archive.find(slot, startMs, filling[slot].startMs() === startMs ? filling[slot].soFar() : undefined);
  const closed = () => {
    roll();
    archive.forgetBefore(nowMs() - keptMs);
    return handOut.splice(0);
  };

  return {
    closed,
    count(slot, latencyMs, failed) {
      roll();
      filling[slot].count(latencyMs, failed);
    },
    read(from, to) {
      roll();
      const starts = gridBetween(Math.max(from, nowMs() - keptMs), Math.min(to, nowMs() + keptMs));
      return starts.flatMap((startMs) => slots.map((slot) => at(slot, startMs)));
    },
    flushed() {
      for (const slot of slots) turnOver(slot, filling[slot].startMs());
      return closed();
    },
  };
};

const gridBetween = (from: number, to: number): number[] => {
  const first = Math.ceil(from / bucketMs) * bucketMs;
  return Array.from({ length: Math.max(0, Math.ceil((to - first) / bucketMs)) }, (_, i) => first + i * bucketMs);
};
