import type { Execution } from '../core/execution.ts';
import type { TaskState } from '../program/types.ts';
import type { Actor } from './actor.ts';
import { childOutcome } from './calls/states.ts';
import type { Executions } from './executions.ts';

/** The end of a child is the answer to the call that started it and waits for it. A running child has none yet. */
export function tellParent(executions: Executions, child: Execution): void {
  const { parent, status } = child;
  const actor = parent && status !== 'RUNNING' ? executions.find(parent.executionArn) : undefined;
  if (!actor || !parent) return;
  const waiting = actor.execution.threads.get(parent.thread)?.waiting;
  if (waiting?.kind !== 'task' || waiting.call !== parent.call || waiting.phase !== 'submitted') return;
  const pattern = patternOf(actor, parent.thread);
  if (pattern !== 'sync' && pattern !== 'sync:2') return;
  actor.post({ kind: 'answered', thread: parent.thread, call: parent.call, outcome: childOutcome(child, pattern) });
}

function patternOf({ execution, program }: Actor, id: number): string | undefined {
  const thread = execution.threads.get(id);
  const state = thread && (program.blocks.get(thread.block)?.states.get(thread.state) as TaskState | undefined);
  return state?.resource.pattern;
}
