import type { Block, Program, TaskState } from '../program/types.ts';
import type { Effect } from './effects.ts';
import type { Execution, Thread } from './execution.ts';
import { callOf, clocksOf } from './states/task.ts';

/**
 * What has to be done for an execution that was found as it is: its timers, and its calls. A call that was under way
 * is made again, because nobody knows whether it took effect: at least once, as AWS promises.
 */
export function outstanding(execution: Execution, program: Program): Effect[] {
  if (execution.status !== 'RUNNING') return [];
  const effects = [...execution.threads.values()].flatMap((thread) => outstandingOf(thread, program));
  if (program.timeoutSeconds === undefined) return effects;
  return [...effects, { kind: 'expire', atMs: execution.startMs + program.timeoutSeconds * 1000 }];
}

function outstandingOf(thread: Thread, program: Program): Effect[] {
  const { waiting } = thread;
  if (waiting?.kind === 'wait' || waiting?.kind === 'retry') {
    return [{ kind: 'timer', thread: thread.id, purpose: waiting.kind, atMs: waiting.atMs }];
  }
  if (waiting?.kind !== 'task') return [];
  const clocks = clocksOf(thread, waiting);
  if (waiting.phase === 'submitted') return clocks;
  const state = (program.blocks.get(thread.block) as Block).states.get(thread.state) as TaskState;
  return [callOf(thread, state.resource, waiting), ...clocks];
}
