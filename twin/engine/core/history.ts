import { RUNTIME } from '../failure.ts';
import type { Details } from './event.ts';
import type { Execution, Thread } from './execution.ts';

/** AWS's quota; the last event says that the execution failed for it. */
export const HISTORY_LIMIT = 25_000;

export const HISTORY_LIMIT_FAILURE = {
  error: RUNTIME,
  cause: `The execution reached the maximum number of history events (${HISTORY_LIMIT}).`,
};

const TYPES = ['Pass', 'Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'] as const;
type StateType = (typeof TYPES)[number];

/** Made once: an execution has thousands of events, and each would keep a text of its own. */
const eventNames = (suffix: string) =>
  Object.fromEntries(TYPES.map((type) => [type, `${type}State${suffix}`])) as Record<StateType, string>;

export const ENTERED = eventNames('Entered');
export const EXITED = eventNames('Exited');

/** Only the event that ends the execution still fits. */
export const isFull = (execution: Execution) => execution.history.length >= HISTORY_LIMIT - 1;

/** Adds an event after the thread's last one. Answers its id. */
export function record(execution: Execution, thread: Thread, atMs: number, type: string, details?: Details): number {
  const id = recordAside(execution, thread, atMs, type, details);
  thread.cursor = id;
  return id;
}

/** Adds an event that the thread's next event does not follow: it will follow the same one as this. */
export function recordAside(
  execution: Execution,
  thread: Thread,
  atMs: number,
  type: string,
  details?: Details,
): number {
  if (thread.shadow) {
    thread.shadow.events += 1;
    return thread.shadow.events;
  }
  if (isFull(execution)) return thread.cursor;
  return append(execution, thread.cursor, atMs, type, details);
}

/** Adds an event whatever the limit: how an execution starts and ends. */
export function append(
  execution: Execution,
  previousEventId: number,
  atMs: number,
  type: string,
  details?: Details,
): number {
  const id = execution.history.length + 1;
  execution.history.push(details ? { id, previousEventId, atMs, type, details } : { id, previousEventId, atMs, type });
  return id;
}
