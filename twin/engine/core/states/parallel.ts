import { dataLimitExceeded, type Failure } from '../../failure.ts';
import { exceedsPayloadLimit, type Json } from '../../json.ts';
import { chain, type MaybePromise } from '../../maybe-promise.ts';
import type { ParallelState } from '../../program/types.ts';
import type { BranchWait, Thread } from '../execution.ts';
import { fail } from '../fail.ts';
import { recordAside } from '../history.ts';
import { leave } from '../leave.ts';
import { scopeOf } from '../scope.ts';
import { note, type Turn } from '../turn.ts';
import { abort, childrenOf, noteBroken, spawn } from './children.ts';

/** Starts all branches, each with the state's arguments (or input). */
export function parallel(turn: Turn, thread: Thread, state: ParallelState): MaybePromise<void> {
  const scope = scopeOf(turn, thread, { retries: thread.retries });
  return chain(state.arguments?.(scope) ?? thread.input, (input) => {
    if (exceedsPayloadLimit(input)) throw dataLimitExceeded(state.name);
    note(turn, thread, 'ParallelStateStarted');
    const children = state.branches.map((block, index) => spawn(turn, thread, { index, block, input }));
    thread.waiting = {
      kind: 'branches',
      children: children.map(({ id }) => id),
      results: [],
      left: children.length,
    };
    turn.work.push(...children.map((child) => ({ kind: 'enter', thread: child }) as const));
  });
}

export function branchEnded(
  turn: Turn,
  thread: Thread,
  state: ParallelState,
  child: Thread,
  output: Json,
): MaybePromise<void> {
  const waiting = thread.waiting as BranchWait;
  turn.execution.threads.delete(child.id);
  waiting.results[child.index] = output;
  waiting.left -= 1;
  if (waiting.left > 0) return;
  thread.cursor = child.cursor;
  delete thread.waiting;
  recordAside(turn.execution, thread, turn.nowMs, 'ParallelStateSucceeded');
  const result = waiting.results;
  if (exceedsPayloadLimit(result)) throw dataLimitExceeded(state.name);
  return leave(turn, thread, state, state.exit, scopeOf(turn, thread, { result, retries: thread.retries }), result);
}

/** One broken branch breaks the state; the others are aborted. */
export function branchBroke(
  turn: Turn,
  thread: Thread,
  state: ParallelState,
  child: Thread,
  failure: Failure,
): MaybePromise<void> {
  noteBroken(turn, child);
  for (const sibling of childrenOf(turn, thread)) abort(turn, sibling, child);
  thread.cursor = child.cursor;
  return fail(turn, thread, state, failure);
}
