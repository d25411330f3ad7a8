import type { CallId } from '../core/execution.ts';
import { invalidToken, taskDoesNotExist, taskTimedOut } from '../errors.ts';
import type { Actor } from './actor.ts';
import type { Executions } from './executions.ts';

/** The call that a task token is for. The token itself says so: tokens survive a restart without a table of them. */
function callOf(token: unknown): CallId {
  try {
    const [executionArn, thread, call] = JSON.parse(Buffer.from(String(token), 'base64url').toString());
    if (typeof executionArn === 'string') return { executionArn, thread, call };
  } catch {
    // Not one of ours: said below.
  }
  throw invalidToken();
}

/** The waiting call behind a token. One whose task is over is "timed out", as on AWS, whatever ended it. */
export function waitingFor(executions: Executions, token: string): { actor: Actor; id: CallId } {
  const id = callOf(token);
  const actor = executions.find(id.executionArn);
  if (!actor) throw taskDoesNotExist();
  const waiting = actor.execution.threads.get(id.thread)?.waiting;
  if (waiting?.kind !== 'task' || waiting.token !== token) throw taskTimedOut();
  return { actor, id };
}
