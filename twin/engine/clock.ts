/** Time as the engine sees it: epoch milliseconds, and a way to be called at an instant. */
export interface Clock {
  now(): number;
  /** Calls back once, at or after the instant (at once if it has passed). Answers the way to cancel. */
  at(instantMs: number, callback: () => void): () => void;
}

/** Node fires a longer timeout at once, so long waits are cut into pieces. */
const LONGEST_TIMEOUT_MS = 2_147_483_647;

const atScaled = (now: () => number, factor: number): Clock['at'] => {
  return (instantMs, callback) => {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const remainingMs = Math.max(0, Math.ceil((instantMs - now()) / factor));
      const expire = () => (now() >= instantMs ? callback() : arm());
      timer = setTimeout(expire, Math.min(remainingMs, LONGEST_TIMEOUT_MS));
    };
    arm();
    return () => clearTimeout(timer);
  };
};

/** The time of the host. */
export const realClock: Clock = { now: Date.now, at: atScaled(Date.now, 1) };

/** Time that starts now and passes `factor` times as fast as the host's. */
export function scaledClock(factor: number): Clock {
  if (!(factor > 0)) throw new RangeError(`scaledClock: factor must be a number above 0, but was ${factor}`);
  const startMs = Date.now();
  const now = () => startMs + (Date.now() - startMs) * factor;
  return { now, at: atScaled(now, factor) };
}

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Lets every microtask and every immediate that is already queued run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Time that only moves when told to: the same program gives the same run, and a week takes no time. */
export class VirtualClock implements Clock {
  #nowMs: number;
  #order = 0;
  readonly #timers = new TimerHeap();

  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  at(instantMs: number, callback: () => void): () => void {
    this.#order += 1;
    const timer = { atMs: instantMs, order: this.#order, callback };
    this.#timers.push(timer);
    return () => this.#timers.remove(timer);
  }

  /**
   * Fires the next timer, lets everything settle, and goes on until nothing is left, `until` holds, or the next timer
   * lies after `untilMs` (then the time is `untilMs`).
   */
  async run(options: { untilMs?: number; until?: () => boolean } = {}): Promise<void> {
    const { untilMs = Number.POSITIVE_INFINITY, until = () => false } = options;
    await settled();
    while (!until()) {
      const timer = this.#timers.peek();
      if (!timer || timer.atMs > untilMs) break;
      this.#timers.remove(timer);
      this.#nowMs = Math.max(this.#nowMs, timer.atMs);
      timer.callback();
      await settled();
    }
    if (Number.isFinite(untilMs) && !until()) this.#nowMs = Math.max(this.#nowMs, untilMs);
  }
}

/** Earliest first, and first come first served among equals. Removal is lazy: a removed timer is skipped at the top. */
class TimerHeap {
  readonly #heap: Timer[] = [];
  readonly #removed = new Set<Timer>();

  push(timer: Timer): void {
    const heap = this.#heap;
    let child = heap.push(timer) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!before(timer, heap[parent] as Timer)) break;
      heap[child] = heap[parent] as Timer;
      child = parent;
    }
    heap[child] = timer;
  }

  peek(): Timer | undefined {
    while (this.#heap[0] && this.#removed.delete(this.#heap[0])) this.#pop();
    return this.#heap[0];
  }

  remove(timer: Timer): void {
    if (this.#heap[0] === timer) this.#pop();
    else this.#removed.add(timer);
  }

  #pop(): void {
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) this.#sink(last);
  }

  #sink(timer: Timer): void {
    const heap = this.#heap;
    let parent = 0;
    for (;;) {
      let child = parent * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Timer, heap[child] as Timer)) child += 1;
      if (!before(heap[child] as Timer, timer)) break;
      heap[parent] = heap[child] as Timer;
      parent = child;
    }
    heap[parent] = timer;
  }
}

const before = (a: Timer, b: Timer) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
