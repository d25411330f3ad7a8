import {
  ALL,
  DATA_LIMIT_EXCEEDED,
  type Failure,
  QUERY_EVALUATION_ERROR,
  RUNTIME,
  StateError,
  TASK_FAILED,
  TIMEOUT,
} from '../failure.ts';
import type { JsonObject } from '../json.ts';
import type { MaybePromise } from '../maybe-promise.ts';
import type { Catcher, HandlingState, Retrier, State } from '../program/types.ts';
import type { Thread } from './execution.ts';
import { leave } from './leave.ts';
import { draw, scopeOf } from './scope.ts';
import { guarded, note, release, type Turn, wait } from './turn.ts';

/**
 * The state failed: it is retried, or caught, or breaks its thread.
 * States.Runtime is neither retried nor caught, and leaves no *StateFailed event.
 */
export function fail(turn: Turn, thread: Thread, state: State, reason: Failure): MaybePromise<void> {
  release(turn, thread);
  const failure = attributed(thread, reason);
  noteEvaluationFailure(turn, thread, state, failure);
  if (failure.error === RUNTIME || !isHandling(state)) return breakThread(turn, thread, failure);
  const delayMs = retryDelayMs(turn, thread, state.retry, failure);
  if (delayMs !== undefined) return retry(turn, thread, delayMs);
  return handle(turn, thread, state, failure);
}

const isHandling = (state: State): state is HandlingState => 'retry' in state;

/** A cause that the interpreter itself gives says where it arose; one that a task gave is passed on as it is. */
function attributed(thread: Thread, failure: Failure): Failure {
  if (!(failure instanceof StateError)) return failure;
  const where = `An error occurred while executing the state '${thread.state}' (entered at the event id #${thread.enteredEvent}). `;
  return new StateError(failure.error, where + failure.cause, failure.location);
}

function noteEvaluationFailure(turn: Turn, thread: Thread, state: State, { error, cause, location }: Failure): void {
  if (error !== QUERY_EVALUATION_ERROR || location === undefined) return;
  note(turn, thread, 'EvaluationFailed', { error, cause, location, state: state.name });
}

/** Outside the thread only error and cause count: where it arose has been recorded. */
function breakThread(turn: Turn, thread: Thread, { error, cause, aliases }: Failure): void {
  const failure = {
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    ...(aliases && { aliases }),
  };
  turn.work.push({ kind: 'broken', thread, failure });
}

/** States.TaskFailed stands for any error but a timeout. */
export function matches(errors: readonly string[], { error = '', aliases = [] }: Failure): boolean {
  return errors.some(
    (name) => name === error || aliases.includes(name) || name === ALL || (name === TASK_FAILED && error !== TIMEOUT),
  );
}

/** The first retrier that matches decides; nothing when it is used up, or none matches. */
function retryDelayMs(turn: Turn, thread: Thread, retriers: readonly Retrier[], failure: Failure): number | undefined {
  const index =
    failure.error === DATA_LIMIT_EXCEEDED ? -1 : retriers.findIndex(({ errors }) => matches(errors, failure));
  const retrier = retriers[index];
  if (!retrier) return undefined;
  const used = thread.attempts[index] ?? 0;
  if (used >= retrier.maxAttempts) return undefined;
  thread.attempts[index] = used + 1;
  const seconds = Math.min(retrier.intervalSeconds * retrier.backoffRate ** used, retrier.maxDelaySeconds);
  return Math.round(seconds * 1000 * (retrier.fullJitter ? draw(turn.execution) : 1));
}

function retry(turn: Turn, thread: Thread, delayMs: number): void {
  thread.retries += 1;
  const atMs = turn.nowMs + delayMs;
  wait(turn, thread, { kind: 'retry', atMs }, { purpose: 'retry', atMs });
}

/** Caught, or not. A failure inside the catching clause itself is not caught by a later one. */
function handle(turn: Turn, thread: Thread, state: HandlingState, failure: Failure): MaybePromise<void> {
  const before = thread.cursor;
  noteStateFailed(turn, thread, state);
  const catcher = state.catch.find(({ errors }) => matches(errors, failure));
  if (!catcher) return breakThread(turn, thread, failure);
  return guarded(
    () => catchWith(turn, thread, state, catcher, failure),
    (reason) => {
      const second = attributed(thread, reason);
      thread.cursor = before;
      noteEvaluationFailure(turn, thread, state, second);
      noteStateFailed(turn, thread, state);
      breakThread(turn, thread, second);
    },
  );
}

function noteStateFailed(turn: Turn, thread: Thread, state: HandlingState): void {
  if (state.type !== 'Task') note(turn, thread, `${state.type}StateFailed`);
}

function catchWith(turn: Turn, thread: Thread, state: State, catcher: Catcher, failure: Failure): MaybePromise<void> {
  const errorOutput = errorOutputOf(failure);
  return leave(turn, thread, state, catcher, scopeOf(turn, thread, { errorOutput }), errorOutput);
}

/** What a catcher sees, and passes on. */
const errorOutputOf = ({ error, cause }: Failure): JsonObject => ({ Error: error ?? '', Cause: cause ?? '' });
