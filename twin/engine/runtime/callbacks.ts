import type { Outcome } from '../core/effects.ts';
import { invalidOutput, taskTimedOut } from '../errors.ts';
import { exceedsPayloadLimit, type Json } from '../json.ts';
import type { Executions } from './executions.ts';
import { waitingFor } from './tokens.ts';

/** SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat. */
export class Callbacks {
  readonly #executions: Executions;
  /** Answers on their way into the log: a second one must not be accepted meanwhile. */
  readonly #answering = new Set<string>();

  constructor(executions: Executions) {
    this.#executions = executions;
  }

  async succeed(token: string, output: string): Promise<void> {
    await this.#answer(token, { kind: 'succeeded', output: parseOutput(output) });
  }

  async fail(token: string, { error, cause }: { error?: string; cause?: string }): Promise<void> {
    const failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
    await this.#answer(token, { kind: 'failed', ...failure });
  }

  async heartbeat(token: string): Promise<void> {
    const { actor, id } = waitingFor(this.#executions, token);
    if (this.#answering.has(token)) throw taskTimedOut();
    await actor.posted({ kind: 'heartbeat', thread: id.thread, call: id.call });
  }

  async #answer(token: string, outcome: Outcome): Promise<void> {
    const { actor, id } = waitingFor(this.#executions, token);
    if (this.#answering.has(token)) throw taskTimedOut();
    this.#answering.add(token);
    await actor.posted({ kind: 'answered', thread: id.thread, call: id.call, outcome });
    this.#answering.delete(token);
  }
}

function parseOutput(output: string): Json {
  try {
    const value = JSON.parse(output) as Json;
    if (exceedsPayloadLimit(value)) throw new Error('The output exceeds 262144 bytes of UTF-8');
    return value;
  } catch (reason) {
    throw invalidOutput((reason as Error).message);
  }
}
