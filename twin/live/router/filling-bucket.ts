import { createHistogram } from 'node:perf_hooks';
import { fromMs } from '../../../lib/contracts/instant.ts';
import type { Slot } from '../../../lib/contracts/names.ts';
import type { Bucket } from '../../../lib/contracts/signals.ts';

const microsecondsPerMs = 1000;
const longestMicroseconds = 3_600_000_000;

/** The bucket that a slot's answers are counted in now. */
export interface FillingBucket {
  startMs(): number;
  count(latencyMs: number, failed: boolean): void;
  soFar(): Bucket;
  /** What was counted; from here on counts belong to the bucket that starts at `startMs`. */
  turnOver(startMs: number): Bucket;
}

export const fillingBucket = (slot: Slot): FillingBucket => {
  const latency = createHistogram({ lowest: 1, highest: longestMicroseconds, figures: 2 });
  let now = { startMs: 0, requests: 0, failures: 0 };

  const percentileMs = (percent: number) => latency.percentile(percent) / microsecondsPerMs;
  const soFar = (): Bucket => {
    const { startMs, ...counts } = now;
    const bucket = { start: fromMs(startMs), slot, ...counts };
    return counts.requests === 0 ? bucket : { ...bucket, p95Ms: percentileMs(95), p99Ms: percentileMs(99) };
  };
  return {
    startMs: () => now.startMs,
    soFar,
    count(latencyMs, failed) {
      now.requests += 1;
      now.failures += failed ? 1 : 0;
      latency.record(Math.min(longestMicroseconds, Math.max(1, Math.round(latencyMs * microsecondsPerMs))));
    },
    turnOver(startMs) {
      const bucket = soFar();
      now = { startMs, requests: 0, failures: 0 };
      latency.reset();
      return bucket;
    },
  };
};
