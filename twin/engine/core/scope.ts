import type { Json, JsonObject } from '../json.ts';
import type { Scope } from '../query/scope.ts';
import type { Execution, MapItem, Thread } from './execution.ts';
import type { Turn } from './turn.ts';

interface Extras {
  readonly result?: Json;
  readonly errorOutput?: Json;
  readonly token?: string;
  readonly item?: MapItem;
  /** Only states that can be retried have a count. */
  readonly retries?: number;
}

/** What the expressions of the thread's present state see. */
export const scopeOf = (turn: Turn, thread: Thread, extras: Extras = {}): Scope => new StateScope(turn, thread, extras);

/** A class, because one is made for each state: it must cost no closures. */
class StateScope implements Scope {
  readonly input: Json;
  readonly result?: Json;
  readonly errorOutput?: Json;
  readonly variables: Scope['variables'];
  readonly nowMs: number;
  readonly #execution: Execution;
  readonly #thread: Thread;
  readonly #extras: Extras;

  constructor({ execution, nowMs }: Turn, thread: Thread, extras: Extras) {
    this.input = thread.input;
    this.variables = thread.variables;
    this.nowMs = nowMs;
    if (extras.result !== undefined) this.result = extras.result;
    if (extras.errorOutput !== undefined) this.errorOutput = extras.errorOutput;
    this.#execution = execution;
    this.#thread = thread;
    this.#extras = extras;
  }

  context(): Json {
    return contextOf(this.#execution, this.#thread, this.#extras);
  }

  random(): number {
    return draw(this.#execution);
  }
}

/** The context object of the Amazon States Language. */
function contextOf(execution: Execution, thread: Thread, { token, retries, item = thread.item }: Extras): JsonObject {
  return {
    Execution: {
      Id: thread.shadow?.arn ?? execution.arn,
      Input: thread.shadow ? thread.shadow.input : execution.input,
      StartTime: iso(execution.startMs),
      Name: thread.shadow?.arn.split(':').at(-1) ?? execution.name,
      RoleArn: execution.roleArn,
      RedriveCount: 0,
    },
    StateMachine: { Id: execution.machineArn, Name: execution.machineName },
    State: {
      Name: thread.state,
      EnteredTime: iso(thread.enteredMs),
      ...(retries !== undefined && { RetryCount: retries }),
    },
    ...(token !== undefined && { Task: { Token: token } }),
    ...(item && { Map: { Item: { Index: item.index, Value: item.value } } }),
  };
}

const iso = (instantMs: number) => new Date(instantMs).toISOString();

/** The next number of the execution's own sequence of chance (mulberry32): the same on each replay. */
export function draw(execution: Execution): number {
  execution.draws += 1;
  let mixed = (execution.seed + execution.draws * 0x6d2b79f5) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
