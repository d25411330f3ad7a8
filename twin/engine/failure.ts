/**
 * A failure inside a machine: what Retry and Catch match on, and what history shows.
 * `location` is set when an expression failed (history then has an EvaluationFailed event).
 * `aliases` are further names the failure answers to: a missed heartbeat reads States.Timeout, and is
 * caught under States.HeartbeatTimeout too.
 */
export interface Failure {
  readonly error?: string;
  readonly cause?: string;
  readonly location?: string;
  readonly aliases?: readonly string[];
}

export const RUNTIME = 'States.Runtime';
export const QUERY_EVALUATION_ERROR = 'States.QueryEvaluationError';
export const DATA_LIMIT_EXCEEDED = 'States.DataLimitExceeded';
export const TIMEOUT = 'States.Timeout';
export const HEARTBEAT_TIMEOUT = 'States.HeartbeatTimeout';
export const TASK_FAILED = 'States.TaskFailed';
export const EXCEED_TOLERATED = 'States.ExceedToleratedFailureThreshold';
export const ALL = 'States.ALL';

/** Thrown by the interpreter itself while it executes a state, as opposed to a failure that a task reported. */
export class StateError extends Error implements Failure {
  override readonly name = 'StateError';
  readonly error: string;
  override readonly cause: string;
  readonly location?: string;

  constructor(error: string, cause: string, location?: string) {
    super(`${error}: ${cause}`);
    this.error = error;
    this.cause = cause;
    if (location !== undefined) this.location = location;
  }
}

export const dataLimitExceeded = (what: string): StateError =>
  new StateError(
    DATA_LIMIT_EXCEEDED,
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
