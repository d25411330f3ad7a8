import type { Task } from '../../lib/runtime/task.ts';
import type { LambdaOutcome } from '../engine/index.ts';
import { type FunctionWiring, loadTask, type Wiring } from '../wiring/index.ts';
import { Invocation, type Platform } from './invocation.ts';

export interface LoadedFunction extends FunctionWiring {
  readonly code: Task;
}

/** The tasks of all functions, loaded once: loading is real time, which a virtual clock does not know. */
export const loadFunctions = ({ functions }: Wiring): Promise<LoadedFunction[]> =>
  Promise.all(functions.map(async (wiring) => ({ ...wiring, code: await loadTask(wiring) })));

/** What a function said, kept for whoever judges a run. */
export interface Said {
  readonly atMs: number;
  readonly task: string;
  readonly payload: unknown;
  readonly outcome: LambdaOutcome;
}

/** Invokes functions by name, each call in a process of its own. */
export class Functions {
  readonly said: Said[] = [];
  readonly #byName: ReadonlyMap<string, LoadedFunction>;
  readonly #platform: Platform;

  constructor(functions: readonly LoadedFunction[], platform: Platform) {
    this.#byName = new Map(functions.map((each) => [each.name, each]));
    this.#platform = platform;
  }

  async invoke(name: string, payload: unknown): Promise<LambdaOutcome> {
    const found = this.#byName.get(name);
    if (!found)
      return { ok: false, errorType: 'Lambda.ResourceNotFoundException', errorMessage: `no function ${name}` };
    const outcome = await new Invocation(this.#platform, found.code, found.timeoutSeconds).run(payload);
    this.said.push({ atMs: this.#platform.clock.now(), task: found.code.name, payload, outcome });
    return outcome;
  }
}
