import { DependencyUnavailable } from '../../lib/contracts/failures.ts';
import type { Ports } from '../../lib/ports/index.ts';
import { handlerOf } from '../../lib/runtime/handler.ts';
import type { Task } from '../../lib/runtime/task.ts';
import type { Clock, LambdaOutcome } from '../engine/index.ts';
import type { CallFault, PortCall } from './interference.ts';
import { pause } from './pause.ts';
import type { Random } from './random.ts';

/** What an invocation needs of the platform around it. */
export interface Platform {
  readonly clock: Clock;
  readonly ports: Pick<Ports, 'clock'> & Partial<Ports>;
  readonly random: Random;
  /** Numbers the call, remembers it, and says what befalls it. */
  observe(call: Omit<PortCall, 'index'>): CallFault | undefined;
}

/** A call that crosses a network takes this long; the spread lets runs overtake each other. */
const latencyMs = { least: 5, spread: 20 };
/** Left by the runtime to report the end of its time (lib/runtime/handler.ts). */
const spareMs = 500;
const lateMs = 35_000;

const silent = { info: () => {}, error: () => {} };
const never = new Promise<never>(() => {});
const processExit = failed('Runtime.ExitError', 'Error: Runtime exited with error: signal: killed');

/**
 * One process that serves one call of a Lambda function: the real handler over ports that take time and may fail. Once
 * it has died or run out of time nothing of it goes on, but a request that is already under way may still arrive.
 */
export class Invocation {
  readonly #platform: Platform;
  readonly #task: Task;
  readonly #timeoutSeconds: number;
  #over: ((outcome: LambdaOutcome) => void) | undefined;

  constructor(platform: Platform, task: Task, timeoutSeconds: number) {
    this.#platform = platform;
    this.#task = task;
    this.#timeoutSeconds = timeoutSeconds;
  }

  run(payload: unknown): Promise<LambdaOutcome> {
    const { clock, ports } = this.#platform;
    return new Promise((resolve) => {
      const endMs = clock.now() + this.#timeoutSeconds * 1000 - spareMs;
      // In place of middy's own timer, which would wait in the host's time.
      const outOfTime = failed('OutOfTime', `${this.#task.name} ran out of its time budget`);
      const cancel = clock.at(endMs, () => this.#end(outOfTime));
      this.#over = (outcome) => {
        cancel();
        resolve(outcome);
      };
      const handler = handlerOf(this.#task, this.#tapped(ports) as never, silent);
      handler(payload, {}).then(
        (answer) => this.#end({ ok: true, payload: answer }),
        (error: Error) => this.#end(failed(error.name, error.message)),
      );
    });
  }

  #end(outcome: LambdaOutcome): void {
    this.#over?.(outcome);
    this.#over = undefined;
  }

  /** Each port is tapped when the task first reaches for it: a task uses a few of many. */
  #tapped(ports: Platform['ports']): Platform['ports'] {
    const tapped = new Map<string, unknown>();
    const tap = (port: string, found: unknown) => {
      if (!tapped.has(port)) tapped.set(port, this.#tappedPort(port, found as Methods));
      return tapped.get(port);
    };
    return new Proxy(ports, {
      get(_, port: keyof Ports) {
        const found = ports[port];
        // The host's own clock is not across a network.
        return port === 'clock' || found === undefined ? found : tap(port, found);
      },
    });
  }

  #tappedPort(port: string, methods: Methods): Methods {
    const tap = (method: string): Method => {
      return (...args) => this.#call({ task: this.#task.name, port, method }, async () => methods[method]?.(...args));
    };
    return new Proxy(methods, { get: (_, method: string) => tap(method) });
  }

  async #call(call: Omit<PortCall, 'index'>, act: () => Promise<unknown>): Promise<unknown> {
    const { clock, random, observe } = this.#platform;
    if (!this.#over) return never;
    const fault = observe(call);
    await pause(clock, latencyMs.least + latencyMs.spread * random());
    if (fault === 'die-before') this.#end(processExit);
    if (!this.#over) return never;
    if (fault === 'refuse') throw new DependencyUnavailable(`${call.port}: did not answer`, { ...call });
    if (fault === 'late') await pause(clock, lateMs);
    const settled = await act().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if (fault === 'die-after') this.#end(processExit);
    if (!this.#over) return never;
    if ('error' in settled) throw settled.error;
    return settled.value;
  }
}

type Method = (...args: unknown[]) => unknown;
type Methods = Record<string, Method>;

function failed(errorType: string, errorMessage: string): LambdaOutcome {
  return { ok: false, errorType, errorMessage };
}
