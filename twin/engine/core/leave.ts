import { DATA_LIMIT_EXCEEDED, dataLimitExceeded, StateError } from '../failure.ts';
import { exceedsPayloadLimit, type Json, type JsonObject } from '../json.ts';
import { chain, type MaybePromise } from '../maybe-promise.ts';
import type { Template } from '../program/template.ts';
import type { Exit, State } from '../program/types.ts';
import type { Scope } from '../query/scope.ts';
import type { Thread } from './execution.ts';
import { EXITED } from './history.ts';
import { note, type Turn } from './turn.ts';

/**
 * Leaves the state: assignments and output are evaluated (both see the variables as they were before the state),
 * then the exit is recorded and the thread goes on, or ends. `fallback` is the output where the state defines none.
 */
export function leave(
  turn: Turn,
  thread: Thread,
  state: State,
  exit: Exit,
  scope: Scope,
  fallback: Json,
): MaybePromise<void> {
  const assigned = exit.assign ? (exit.assign(scope) as MaybePromise<JsonObject>) : undefined;
  return chain(assigned, (variables) => {
    if (variables && exceedsPayloadLimit(variables)) throw assignedTooMuch(state.name);
    return chain(evaluate(exit.output, scope, fallback), (output) => {
      if (exit.output && exceedsPayloadLimit(output)) throw dataLimitExceeded(state.name);
      move(turn, thread, state, exit, output, variables);
    });
  });
}

const assignedTooMuch = (name: string) =>
  new StateError(DATA_LIMIT_EXCEEDED, `The variables assigned by the state '${name}' exceed 262144 bytes.`);

const evaluate = (template: Template | undefined, scope: Scope, fallback: Json): MaybePromise<Json> =>
  template ? template(scope) : fallback;

function move(turn: Turn, thread: Thread, state: State, exit: Exit, output: Json, assigned?: JsonObject): void {
  const changes = assigned && Object.keys(assigned).length > 0;
  const { name } = state;
  note(turn, thread, EXITED[state.type], changes ? { name, output, assignedVariables: assigned } : { name, output });
  if (changes) thread.variables = { ...thread.variables, ...assigned };
  if (exit.next === undefined) {
    turn.work.push({ kind: 'ended', thread, output });
    return;
  }
  thread.state = exit.next;
  thread.input = output;
  turn.work.push({ kind: 'enter', thread });
}
