import type { Clock } from '../../engine/index.ts';
import { timerOn } from '../timer.ts';
import type { Deliveries } from './deliveries.ts';
import type { Attempt, Delivery, RetryPolicy } from './delivery.ts';
import { isTooOld, nextAttempt } from './next-attempt.ts';

/** Invokes the function of that key in serverless.yml. Must not reject. */
export type Deliver = (target: string, payload: unknown) => Promise<Attempt>;

export interface DelivererOptions {
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly deliver: Deliver;
  /** Undefined for a function that is not (any more) in serverless.yml. */
  readonly policyOf: (target: string) => RetryPolicy | undefined;
  readonly retryWaitsMs?: readonly number[];
  readonly concurrency?: number;
  /** Told whenever a delivery was given up. */
  readonly onBuried: () => void;
}

const graceMs = 1000;

/** Hands deliveries to their functions until each was taken or given up: at least once, whatever ends in between. */
export class Deliverer {
  readonly #options: DelivererOptions;
  readonly #timer;
  readonly #underWay = new Set<Promise<void>>();
  #open = false;

  constructor(options: DelivererOptions) {
    this.#options = options;
    this.#timer = timerOn(options.clock, () => this.wake());
  }

  /** What an earlier process held may or may not have had its effect: it is attempted again. */
  start(): void {
    const error = 'the twin ended while the function ran';
    for (const delivery of this.#options.deliveries.held()) this.#settle(delivery, { kind: 'fault', error });
    this.#open = true;
    this.wake();
  }

  /** Looks for due work now, and again when the next is due. */
  wake(): void {
    if (!this.#open) return;
    const { clock, deliveries, concurrency = 50 } = this.#options;
    for (const delivery of deliveries.hold(clock.now(), concurrency - this.#underWay.size)) this.#begin(delivery);
    // While all hands are busy the end of an attempt wakes us.
    this.#timer.set(this.#underWay.size < concurrency ? deliveries.nextDueMs() : undefined);
  }

  /** Attempts under way get a second to end; what then still runs is attempted again after the next start. */
  async stop(): Promise<void> {
    this.#open = false;
    this.#timer.set(undefined);
    const { clock } = this.#options;
    const late = Promise.withResolvers<void>();
    const cancel = clock.at(clock.now() + graceMs, late.resolve);
    await Promise.race([Promise.all(this.#underWay), late.promise]);
    cancel();
    this.#underWay.clear();
  }

  #begin(delivery: Delivery): void {
    const outcome = this.#attempt(delivery);
    const attempt = outcome.then((result) => {
      // After `stop` gave up waiting the store may be shut.
      if (!this.#underWay.delete(attempt)) return;
      this.#settle(delivery, result);
      this.wake();
    });
    this.#underWay.add(attempt);
  }

  async #attempt(delivery: Delivery): Promise<Attempt> {
    const { clock, deliver, policyOf } = this.#options;
    const { target, payload } = delivery;
    const policy = policyOf(target);
    if (!policy) return { kind: 'failed', error: `serverless.yml has no function "${target}"` };
    if (isTooOld(delivery, policy, clock.now())) return { kind: 'fault', error: 'not attempted in time' };
    return deliver(target, payload);
  }

  #settle(delivery: Delivery, attempt: Attempt): void {
    const { clock, deliveries, policyOf, retryWaitsMs, onBuried } = this.#options;
    const next = nextAttempt(delivery, attempt, policyOf(delivery.target) ?? never, clock.now(), retryWaitsMs);
    if (next.kind === 'forget') deliveries.forget(delivery.id);
    if (next.kind === 'retry') deliveries.retry(delivery.id, next);
    if (next.kind !== 'bury') return;
    deliveries.bury(delivery.id, clock.now(), next.error);
    onBuried();
  }
}

const never: RetryPolicy = { maximumRetryAttempts: 0, maximumEventAgeSeconds: 0 };
