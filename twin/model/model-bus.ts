import { fromMs } from '../../lib/contracts/instant.ts';
import { compilePattern, type Pattern } from '../bus/pattern/index.ts';
import { readSubscriptions } from '../bus/subscriptions/index.ts';
import type { TimedRule } from '../bus/subscriptions/types.ts';
import type { Clock, LambdaOutcome } from '../engine/index.ts';
import type { FunctionWiring, Wiring } from '../wiring/index.ts';
import type { Interference, PublishedEvent } from './interference.ts';
import { pause } from './pause.ts';

/** An event before the bus gives it an envelope. */
export interface EventEntry {
  readonly source: string;
  readonly type: string;
  readonly detail: unknown;
}

export interface DeadLetter {
  readonly function: string;
  readonly event: unknown;
  readonly outcome: LambdaOutcome;
}

interface Subscription {
  readonly to: FunctionWiring;
  readonly matches: Pattern;
}

type Invoke = (name: string, payload: unknown) => Promise<LambdaOutcome>;

/** How long Lambda waits before it tries an asynchronous invocation again. */
const retryMs = [60_000, 120_000];

/** All schedules of serverless.yml. */
export const schedulesOf = (wiring: Wiring): readonly TimedRule[] => readSubscriptions(wiring).timed;

interface ModelBusOptions {
  readonly functions: readonly FunctionWiring[];
  readonly schedules: readonly TimedRule[];
  readonly clock: Clock;
  readonly invoke: Invoke;
  readonly interference: Interference;
}

/** EventBridge in memory: delivers to every function whose pattern in serverless.yml matches, at least once. */
export class ModelBus {
  readonly deadLetters: DeadLetter[] = [];
  /** Events that somebody subscribed to. */
  readonly heard: PublishedEvent[] = [];
  readonly #subscriptions: readonly Subscription[];
  readonly #functions: ReadonlyMap<string, FunctionWiring>;
  readonly #schedules: readonly TimedRule[];
  readonly #clock: Clock;
  readonly #invoke: Invoke;
  readonly #interference: Interference;

  constructor({ functions, schedules, clock, invoke, interference }: ModelBusOptions) {
    this.#functions = new Map(functions.map((each) => [each.key, each]));
    this.#schedules = schedules;
    this.#subscriptions = functions.flatMap((to) => patternsOf(to).map((matches) => ({ to, matches })));
    this.#clock = clock;
    this.#invoke = invoke;
    this.#interference = interference;
  }

  publish(entry: EventEntry): void {
    const index = this.heard.length;
    const { source, type, detail } = entry;
    const event = { id: `event-${index}`, source, 'detail-type': type, time: fromMs(this.#clock.now()), detail };
    const matching = this.#subscriptions.filter(({ matches }) => matches(event));
    if (matching.length > 0)
      this.#hear(
        type,
        matching.map(({ to }) => to),
        event,
      );
  }

  /** Calls one function, as EventBridge Scheduler does. `spare`: see PublishedEvent. Errors: for one that does not exist. */
  fire(key: string, payload: unknown, spare: boolean): void {
    const to = this.#functions.get(key);
    if (!to) throw new Error(`serverless.yml has no function "${key}"`);
    this.#hear(key, [to], payload, spare);
  }

  /**
   * Lets the schedules of a function run from now on for so long. Those that nobody asks for stay still: a schedule of every
   * minute is thousands of calls in a run that is explored a thousand times.
   */
  follow(key: string, forSeconds: number): void {
    const fromMs = this.#clock.now();
    const rules = this.#schedules.filter(({ target }) => target === key);
    if (rules.length === 0) throw new Error(`serverless.yml has no schedule for "${key}"`);
    for (const rule of rules) this.#tick(rule, fromMs, fromMs + forSeconds * 1000);
  }

  #tick(rule: TimedRule, afterMs: number, endMs: number): void {
    const { schedule, target, payload } = rule;
    const dueMs = schedule.next(afterMs, afterMs);
    if (dueMs === undefined || dueMs > endMs) return;
    this.#clock.at(dueMs, () => {
      const next = schedule.next(dueMs, dueMs);
      const tick = { ...(payload(dueMs, dueMs) as object), id: `event-${this.heard.length}` };
      this.fire(target, tick, next !== undefined && next <= endMs);
      this.#tick(rule, dueMs, endMs);
    });
  }

  #hear(type: string, to: readonly FunctionWiring[], event: unknown, spare = false): void {
    const heard = { index: this.heard.length, type, spare };
    this.heard.push(heard);
    for (const afterSeconds of this.#interference.event(heard))
      for (const each of to) void this.#deliver(each, event, afterSeconds);
  }

  async #deliver(to: FunctionWiring, event: unknown, afterSeconds: number): Promise<void> {
    await pause(this.#clock, afterSeconds * 1000);
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#invoke(to.name, event);
      if (outcome.ok) return;
      if (attempt >= to.maximumRetryAttempts) {
        this.deadLetters.push({ function: to.key, event, outcome });
        return;
      }
      await pause(this.#clock, retryMs[attempt] ?? 120_000);
    }
  }
}

const patternsOf = ({ events }: FunctionWiring): Pattern[] =>
  events.flatMap(({ eventBridge }) => {
    const pattern = (eventBridge as { pattern?: unknown } | undefined)?.pattern;
    return pattern ? [compilePattern(pattern)] : [];
  });
