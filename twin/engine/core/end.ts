import { type Failure, TIMEOUT } from '../failure.ts';
import type { Json } from '../json.ts';
import type { Status } from './execution.ts';
import { append } from './history.ts';
import { release, type Turn } from './turn.ts';

type FinalStatus = Exclude<Status, 'RUNNING'>;

const EVENTS: Record<FinalStatus, string> = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
};

/**
 * Ends the execution. What it still waits for is released; its threads are gone.
 * `previous` is the event it follows; an end from outside follows none.
 */
export function end(turn: Turn, status: FinalStatus, { error, cause }: Failure, previous = 0, output?: Json): void {
  const { execution, nowMs } = turn;
  const root = execution.threads.get(1);
  if (root) release(turn, root);
  execution.status = status;
  execution.stopMs = nowMs;
  if (output !== undefined) execution.output = output;
  const failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  if (status === 'FAILED' || status === 'ABORTED') execution.failure = failure;
  const details = status === 'TIMED_OUT' ? { error: TIMEOUT } : output === undefined ? failure : { output };
  append(execution, previous, nowMs, EVENTS[status], details);
  execution.threads.clear();
  turn.effects.push({ kind: 'status', status });
}
