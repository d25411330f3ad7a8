import { type Failure, RUNTIME, StateError } from '../../failure.ts';
import { chain, type MaybePromise } from '../../maybe-promise.ts';
import type { ChoiceState, FailState, PassState, SucceedState, WaitState } from '../../program/types.ts';
import type { Scope } from '../../query/scope.ts';
import type { Thread } from '../execution.ts';
import { leave } from '../leave.ts';
import { scopeOf } from '../scope.ts';
import { type Turn, wait } from '../turn.ts';

/** Pass and Succeed hand their input on, unless they have an Output. */
export const pass = (turn: Turn, thread: Thread, state: PassState | SucceedState): MaybePromise<void> =>
  leave(turn, thread, state, state.exit, scopeOf(turn, thread), thread.input);

export function failState(turn: Turn, thread: Thread, state: FailState): MaybePromise<void> {
  const scope = scopeOf(turn, thread);
  return chain(state.error?.(scope), (error) =>
    chain(state.cause?.(scope), (cause) => {
      const failure: Failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
      turn.work.push({ kind: 'broken', thread, failure });
    }),
  );
}

/** The first rule whose condition holds, else the default; later conditions are not evaluated. */
export function choice(turn: Turn, thread: Thread, state: ChoiceState): MaybePromise<void> {
  return chooseFrom(turn, thread, state, scopeOf(turn, thread), 0);
}

function chooseFrom(turn: Turn, thread: Thread, state: ChoiceState, scope: Scope, index: number): MaybePromise<void> {
  const rule = state.rules[index];
  if (!rule) return chooseDefault(turn, thread, state, scope);
  return chain(rule.condition(scope), (holds) =>
    holds
      ? leave(turn, thread, state, rule.exit, scope, thread.input)
      : chooseFrom(turn, thread, state, scope, index + 1),
  );
}

/** AWS reports States.Runtime here, although its documentation names States.NoChoiceMatched. */
function chooseDefault(turn: Turn, thread: Thread, state: ChoiceState, scope: Scope): MaybePromise<void> {
  if (state.exit.next !== undefined) return leave(turn, thread, state, state.exit, scope, thread.input);
  throw new StateError(RUNTIME, 'Failed to transition out of the state. The state does not point to a next state.');
}

export function waitState(turn: Turn, thread: Thread, state: WaitState): MaybePromise<void> {
  return chain(untilMs(turn, state, scopeOf(turn, thread)), (atMs) => {
    if (atMs <= turn.nowMs) return waited(turn, thread, state);
    wait(turn, thread, { kind: 'wait', atMs }, { purpose: 'wait', atMs });
  });
}

function untilMs(turn: Turn, state: WaitState, scope: Scope): MaybePromise<number> {
  if (state.seconds) return chain(state.seconds(scope), (seconds) => turn.nowMs + seconds * 1000);
  return state.timestamp ? chain(state.timestamp(scope), Date.parse) : turn.nowMs;
}

export const waited = (turn: Turn, thread: Thread, state: WaitState): MaybePromise<void> =>
  leave(turn, thread, state, state.exit, scopeOf(turn, thread), thread.input);
