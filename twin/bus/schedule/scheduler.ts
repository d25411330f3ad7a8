import type { Clock } from '../../engine/index.ts';
import { timerOn } from '../timer.ts';
import type { Schedule } from './schedule.ts';
import type { Tick, Ticks } from './ticks.ts';

/** One schedule of one function. `expression` tells a changed schedule from the same one. */
export interface Scheduled {
  readonly id: string;
  readonly expression: string;
  readonly schedule: Schedule;
}

export interface SchedulerOptions<S extends Scheduled> {
  readonly clock: Clock;
  readonly ticks: Ticks;
  readonly schedules: readonly S[];
  /** Runs both in one transaction, so that a tick is never lost and never fires twice. */
  readonly atOnce: (work: () => void) => void;
  readonly fire: (scheduled: S, dueMs: number) => void;
  /** Told after something fired. */
  readonly onFired: () => void;
}

/**
 * A tick missed while nothing ran still fires when it is not older than this; however many were missed, once. Source:
 * EventBridge Scheduler keeps an event that it cannot deliver for 24 hours.
 */
const catchUpMs = 86_400_000;

/** Keeps the next due instants in the store, so that restarts change nothing. */
export class Scheduler<S extends Scheduled> {
  readonly #options: SchedulerOptions<S>;
  readonly #timer;

  constructor(options: SchedulerOptions<S>) {
    this.#options = options;
    this.#timer = timerOn(options.clock, () => this.#wake());
  }

  /** A new or changed schedule begins now; one that is gone is forgotten. */
  start(): void {
    const { clock, ticks, schedules } = this.#options;
    const known = new Map(ticks.all().map((tick) => [tick.id, tick.expression]));
    for (const id of known.keys()) if (!schedules.some((one) => one.id === id)) ticks.drop(id);
    for (const one of schedules)
      if (known.get(one.id) !== one.expression) ticks.put(nextTick(one, clock.now(), clock.now()));
    this.#wake();
  }

  stop(): void {
    this.#timer.set(undefined);
  }

  #wake(): void {
    const { clock, ticks, onFired } = this.#options;
    const due = ticks.all().filter(({ dueMs }) => dueMs !== undefined && dueMs <= clock.now());
    for (const tick of due) this.#take(tick);
    if (due.length > 0) onFired();
    const next = ticks.all().flatMap(({ dueMs }) => dueMs ?? []);
    this.#timer.set(next.length > 0 ? Math.min(...next) : undefined);
  }

  #take({ id, anchorMs }: Tick): void {
    const { clock, ticks, schedules, atOnce, fire } = this.#options;
    const scheduled = schedules.find((one) => one.id === id);
    if (!scheduled) return;
    const nowMs = clock.now();
    const dueMs = scheduled.schedule.latest(nowMs, anchorMs);
    atOnce(() => {
      if (dueMs !== undefined && nowMs - dueMs <= catchUpMs) fire(scheduled, dueMs);
      ticks.put(nextTick(scheduled, nowMs, anchorMs));
    });
  }
}

const nextTick = ({ id, expression, schedule }: Scheduled, nowMs: number, anchorMs: number): Tick => ({
  id,
  expression,
  anchorMs,
  dueMs: schedule.next(nowMs, anchorMs),
});
