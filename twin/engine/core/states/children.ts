import type { Json } from '../../json.ts';
import type { Block } from '../../program/types.ts';
import type { MapItem, Thread } from '../execution.ts';
import { recordAside } from '../history.ts';
import { release, stateOf, type Turn } from '../turn.ts';

interface Birth {
  readonly index: number;
  readonly block: string;
  readonly input: Json;
  readonly item?: MapItem;
  readonly shadow?: NonNullable<Thread['shadow']>;
}

/** A child thread of the parent's present state, ready to enter its first state. */
export function spawn(turn: Turn, parent: Thread, { index, block, input, item, shadow }: Birth): Thread {
  const { execution } = turn;
  execution.lastThread += 1;
  const inherited = item ?? parent.item;
  const hidden = shadow ?? parent.shadow;
  const child: Thread = {
    id: execution.lastThread,
    parent: parent.id,
    index,
    block,
    state: (turn.program.blocks.get(block) as Block).startAt,
    input,
    // A distributed item is an execution of its own: it sees no variable of the outer one.
    variables: shadow ? {} : parent.variables,
    cursor: parent.cursor,
    enteredMs: turn.nowMs,
    enteredEvent: 0,
    retries: 0,
    attempts: [],
    ...(inherited && { item: inherited }),
    ...(hidden && { shadow: hidden }),
  };
  execution.threads.set(child.id, child);
  return child;
}

/** States whose interruption AWS records. */
const ABORTABLE = new Set(['Task', 'Wait', 'Map', 'Parallel']);

/** Ends a thread from outside: its state, and what runs below it, are recorded as aborted after `cause`'s last event. */
export function abort(turn: Turn, thread: Thread, cause: Thread): void {
  const { type } = stateOf(turn, thread);
  if (ABORTABLE.has(type)) recordAside(turn.execution, cause, turn.nowMs, `${type}StateAborted`);
  for (const child of childrenOf(turn, thread)) abort(turn, child, cause);
  release(turn, thread);
  turn.execution.threads.delete(thread.id);
}

export function childrenOf(turn: Turn, { waiting }: Thread): Thread[] {
  if (waiting?.kind !== 'branches' && waiting?.kind !== 'map') return [];
  return waiting.children.flatMap((id) => turn.execution.threads.get(id) ?? []);
}

/** A task whose failure ends its thread is recorded as aborted too. */
export function noteBroken(turn: Turn, thread: Thread): void {
  if (stateOf(turn, thread).type === 'Task') recordAside(turn.execution, thread, turn.nowMs, 'TaskStateAborted');
  turn.execution.threads.delete(thread.id);
}
