import { fromMs } from '../../lib/contracts/instant.ts';
import { compilePattern, type Pattern } from '../bus/pattern/index.ts';
import type { Clock, LambdaOutcome } from '../engine/index.ts';
import type { FunctionWiring } from '../wiring/index.ts';
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

/** EventBridge in memory: delivers to every function whose pattern in serverless.yml matches, at least once. */
export class ModelBus {
  readonly deadLetters: DeadLetter[] = [];
  /** Events that somebody subscribed to. */
  readonly heard: PublishedEvent[] = [];
  readonly #subscriptions: readonly Subscription[];
  readonly #clock: Clock;
  readonly #invoke: Invoke;
  readonly #interference: Interference;

  constructor(functions: readonly FunctionWiring[], clock: Clock, invoke: Invoke, interference: Interference) {
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
    if (matching.length === 0) return;
    this.heard.push({ index, type });
    for (const afterSeconds of this.#interference.event({ index, type }))
      for (const { to } of matching) void this.#deliver(to, event, afterSeconds);
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
