import { fromMs } from '../../../lib/contracts/instant.ts';
import { type Slot, slots } from '../../../lib/contracts/names.ts';
import { type Bucket, bucketSeconds } from '../../../lib/contracts/signals.ts';

interface Count {
  requests: number;
  failures: number;
  latencyMs: number;
}

const bucketMs = bucketSeconds * 1000;
const gridStart = (ms: number): number => ms - (ms % bucketMs);

/** What the router counted: requests by slot in buckets of ten seconds. */
export class Counts {
  readonly #bySlot: Record<Slot, Map<number, Count>> = { blue: new Map(), green: new Map() };

  add(slot: Slot, atMs: number, { requests, failures, latencyMs }: Readonly<Count>): void {
    if (requests === 0) return;
    const start = gridStart(atMs);
    const count = this.#bySlot[slot].get(start) ?? { requests: 0, failures: 0, latencyMs: 0 };
    count.requests += requests;
    count.failures += failures;
    count.latencyMs = Math.max(count.latencyMs, latencyMs);
    this.#bySlot[slot].set(start, count);
  }

  /** Both slots, oldest first. A slot without requests has a zero. */
  between(fromMs: number, toMs: number): Bucket[] {
    const first = Math.ceil(fromMs / bucketMs) * bucketMs;
    const starts = Array.from(
      { length: Math.max(0, Math.ceil((toMs - first) / bucketMs)) },
      (_, n) => first + n * bucketMs,
    );
    return starts.flatMap((start) => slots.map((slot) => this.#bucket(slot, start)));
  }

  #bucket(slot: Slot, startMs: number): Bucket {
    const count = this.#bySlot[slot].get(startMs);
    const bucket = { start: fromMs(startMs), slot, requests: count?.requests ?? 0, failures: count?.failures ?? 0 };
    if (!count) return bucket;
    return { ...bucket, p95Ms: Math.round(count.latencyMs * 1.5), p99Ms: Math.round(count.latencyMs * 2) };
  }
}
