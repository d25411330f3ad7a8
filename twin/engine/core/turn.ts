import { type Failure, RUNTIME, StateError } from '../failure.ts';
import type { Json } from '../json.ts';
import type { MaybePromise } from '../maybe-promise.ts';
import type { Block, Program, State } from '../program/types.ts';
import type { Effect, Purpose } from './effects.ts';
import type { Details } from './event.ts';
import type { Execution, Thread, Waiting } from './execution.ts';
import { record } from './history.ts';

/** What is still to be done in this turn, first come first served; calls start when nothing else is left. */
export type Work =
  | { readonly kind: 'enter'; readonly thread: Thread }
  | { readonly kind: 'again'; readonly thread: Thread }
  | { readonly kind: 'ended'; readonly thread: Thread; readonly output: Json }
  | { readonly kind: 'broken'; readonly thread: Thread; readonly failure: Failure };

/** One transition of one execution: it owns the execution's state until it is over. */
export interface Turn {
  readonly execution: Execution;
  readonly program: Program;
  readonly nowMs: number;
  readonly work: Work[];
  readonly starting: Thread[];
  readonly effects: Effect[];
}

export const note = (turn: Turn, thread: Thread, type: string, details?: Details): number =>
  record(turn.execution, thread, turn.nowMs, type, details);

export function stateOf(turn: Turn, thread: Thread): State {
  return (turn.program.blocks.get(thread.block) as Block).states.get(thread.state) as State;
}

/** Sets what the thread waits for, and the timer for it. */
export function wait(turn: Turn, thread: Thread, waiting: Waiting, timer?: { purpose: Purpose; atMs: number }): void {
  thread.waiting = waiting;
  if (timer) turn.effects.push({ kind: 'timer', thread: thread.id, ...timer });
}

/** The thread no longer waits for what it waited for. Its children, if any, are gone for good. */
export function release(turn: Turn, thread: Thread): void {
  const { waiting } = thread;
  if (!waiting) return;
  delete thread.waiting;
  if (waiting.kind === 'branches' || waiting.kind === 'map') {
    for (const child of waiting.children) discard(turn, child);
    return;
  }
  const childArn = waiting.kind === 'task' ? waiting.childArn : undefined;
  turn.effects.push({ kind: 'release', thread: thread.id, ...(childArn !== undefined && { childArn }) });
}

function discard(turn: Turn, id: number): void {
  const thread = turn.execution.threads.get(id);
  if (!thread) return;
  release(turn, thread);
  turn.execution.threads.delete(id);
}

/** Runs a part of a state; when it fails, `onFailure` is told once. */
export function guarded(
  run: () => MaybePromise<void>,
  onFailure: (failure: StateError) => MaybePromise<void>,
): MaybePromise<void> {
  const settle = (reason: unknown) =>
    onFailure(reason instanceof StateError ? reason : new StateError(RUNTIME, String(reason)));
  try {
    const pending = run();
    return pending instanceof Promise ? pending.catch(settle) : pending;
  } catch (reason) {
    return settle(reason);
  }
}
