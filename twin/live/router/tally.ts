import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { fromMs } from '../../../lib/contracts/instant.ts';
import { type Slot, slots } from '../../../lib/contracts/names.ts';
import { type Bucket, bucketSeconds } from '../../../lib/contracts/signals.ts';

const bucketMs = bucketSeconds * 1000;
/** The longest bake of a policy is 48 hours; what is older nobody asks for. */
export const keptMs = 48 * 3_600_000;
const microsecondsPerMs = 1000;
const longestMicroseconds = 3_600_000_000;

type Filling = { startMs: number; requests: number; failures: number; latency: RecordableHistogram };

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
  const done = new Map<string, Bucket>();
  const keep = (bucket: Bucket) => {
    const key = keyOf(bucket.slot, Date.parse(bucket.start));
    done.set(key, merged(done.get(key), bucket));
  };
  earlier.forEach(keep);
  const filling: Record<Slot, Filling> = { blue: newFilling(0), green: newFilling(0) };
  let handOut: Bucket[] = [];

  const close = (slot: Slot, startMs: number) => {
    const old = filling[slot];
    if (old.requests > 0) {
      const bucket = bucketOf(slot, old);
      keep(bucket);
      handOut.push(bucket);
    }
    Object.assign(old, { startMs, requests: 0, failures: 0 });
    old.latency.reset();
  };
  const roll = () => {
    const startMs = gridStart(nowMs());
    for (const slot of slots) if (filling[slot].startMs !== startMs) close(slot, startMs);
  };
  const at = (slot: Slot, startMs: number): Bucket => {
    const kept = done.get(keyOf(slot, startMs));
    if (filling[slot].startMs === startMs) return merged(kept, bucketOf(slot, filling[slot]));
    return kept ?? { start: fromMs(startMs), slot, requests: 0, failures: 0 };
  };
  const takeOut = () => {
    const out = handOut;
    handOut = [];
    forgetBefore(done, nowMs() - keptMs);
    return out;
  };

  return {
    count(slot, latencyMs, failed) {
      roll();
      const now = filling[slot];
      now.requests += 1;
      now.failures += failed ? 1 : 0;
      now.latency.record(Math.min(longestMicroseconds, Math.max(1, Math.round(latencyMs * microsecondsPerMs))));
    },
    read(from, to) {
      roll();
      return gridBetween(Math.max(from, nowMs() - keptMs), Math.min(to, nowMs() + keptMs)).flatMap((startMs) =>
        slots.map((slot) => at(slot, startMs)),
      );
    },
    closed() {
      roll();
      return takeOut();
    },
    flushed() {
      roll();
      for (const slot of slots) close(slot, filling[slot].startMs);
      return takeOut();
    },
  };
};

const newFilling = (startMs: number): Filling => ({
  startMs,
  requests: 0,
  failures: 0,
  latency: createHistogram({ lowest: 1, highest: longestMicroseconds, figures: 2 }),
});

const keyOf = (slot: Slot, startMs: number): string => `${startMs}/${slot}`;
const gridStart = (ms: number): number => Math.floor(ms / bucketMs) * bucketMs;

const gridBetween = (from: number, to: number): number[] => {
  const first = Math.ceil(from / bucketMs) * bucketMs;
  return Array.from({ length: Math.max(0, Math.ceil((to - first) / bucketMs)) }, (_, i) => first + i * bucketMs);
};

const bucketOf = (slot: Slot, { startMs, requests, failures, latency }: Filling): Bucket => {
  const start = fromMs(startMs);
  if (requests === 0) return { start, slot, requests, failures };
  const percentileMs = (percent: number) => latency.percentile(percent) / microsecondsPerMs;
  return { start, slot, requests, failures, p95Ms: percentileMs(95), p99Ms: percentileMs(99) };
};

/** One bucket counted in two parts. Percentiles cannot be added: the worse one is the careful answer. */
const merged = (a: Bucket | undefined, b: Bucket): Bucket => {
  if (!a || a.requests === 0) return b;
  const worse = (key: 'p95Ms' | 'p99Ms') => Math.max(a[key] ?? 0, b[key] ?? 0);
  const counts = { requests: a.requests + b.requests, failures: a.failures + b.failures };
  return { ...b, ...counts, p95Ms: worse('p95Ms'), p99Ms: worse('p99Ms') };
};

/** Insertion order is time order, so the old ones come first. */
const forgetBefore = (done: Map<string, Bucket>, ms: number): void => {
  for (const [key, bucket] of done) {
    if (Date.parse(bucket.start) >= ms) return;
    done.delete(key);
  }
};
