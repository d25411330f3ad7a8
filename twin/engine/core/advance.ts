import { type Failure, RUNTIME } from '../failure.ts';
import { chain, type MaybePromise } from '../maybe-promise.ts';
import type { Block, Program, State, TaskState } from '../program/types.ts';
import type { Effect, Input } from './effects.ts';
import { end } from './end.ts';
import type { Execution, Thread } from './execution.ts';
import { fail } from './fail.ts';
import { append, ENTERED, HISTORY_LIMIT_FAILURE, isFull } from './history.ts';
import { iterationBroke, iterationEnded, map } from './states/map.ts';
import { branchBroke, branchEnded, parallel } from './states/parallel.ts';
import { choice, failState, pass, waited, waitState } from './states/simple.ts';
import { answered, heartbeat, start, task, timedOut } from './states/task.ts';
import { guarded, note, stateOf, type Turn, type Work } from './turn.ts';

/**
 * The transition: what an execution becomes when something happens to it at an instant, and what has to be done.
 * It reads no clock, draws chance from the execution's own seed, and does nothing outside: the same inputs at the
 * same times give the same execution, which is how one is resumed. It owns `execution` while it runs and changes it
 * in place. Answers a promise only when an expression had to be evaluated by JSONata itself.
 */
export function advance(execution: Execution, program: Program, input: Input, nowMs: number): MaybePromise<Effect[]> {
  const turn: Turn = { execution, program, nowMs, work: [], starting: [], effects: [] };
  if (execution.status !== 'RUNNING') return turn.effects;
  return chain(receive(turn, input), () => chain(drain(turn), () => turn.effects));
}

function receive(turn: Turn, input: Input): MaybePromise<void> {
  switch (input.kind) {
    case 'start':
      return begin(turn);
    case 'stop':
      return end(turn, 'ABORTED', { ...input });
    case 'expired':
      return end(turn, 'TIMED_OUT', {});
    case 'timer':
      return onTimer(turn, input);
    default:
      return onCall(turn, input);
  }
}

/** Thread 1 runs the machine. */
function begin(turn: Turn): void {
  const { execution, program, nowMs } = turn;
  const { startAt } = program.blocks.get('') as Block;
  append(execution, 0, nowMs, 'ExecutionStarted', { input: execution.input, roleArn: execution.roleArn });
  const thread: Thread = {
    id: 1,
    index: 0,
    block: '',
    state: startAt,
    input: execution.input,
    variables: {},
    cursor: 0,
    enteredMs: nowMs,
    enteredEvent: 0,
    retries: 0,
    attempts: [],
  };
  execution.threads.set(1, thread);
  turn.effects.push({ kind: 'status', status: 'RUNNING' });
  if (program.timeoutSeconds !== undefined) {
    turn.effects.push({ kind: 'expire', atMs: execution.startMs + program.timeoutSeconds * 1000 });
  }
  turn.work.push({ kind: 'enter', thread });
}

/** A timer of a wait that is over (or was moved) says nothing. */
function onTimer(turn: Turn, input: Extract<Input, { kind: 'timer' }>): MaybePromise<void> {
  const thread = turn.execution.threads.get(input.thread);
  const { waiting } = thread ?? {};
  if (!thread || !waiting) return;
  const { purpose, atMs } = input;
  const state = stateOf(turn, thread);
  if (waiting.kind === 'retry' && purpose === 'retry') {
    delete thread.waiting;
    turn.work.push({ kind: 'again', thread });
  } else if (waiting.kind === 'wait' && purpose === 'wait' && state.type === 'Wait') {
    delete thread.waiting;
    return attempt(turn, thread, () => waited(turn, thread, state));
  } else if (waiting.kind === 'task' && state.type === 'Task') {
    const due = purpose === 'heartbeat' ? waiting.heartbeatMs : waiting.deadlineMs;
    if (due === atMs && purpose !== 'wait' && purpose !== 'retry') return timedOut(turn, thread, state, purpose);
  }
}

/** An answer to a call that is no longer awaited says nothing. */
function onCall(turn: Turn, input: Extract<Input, { call: number }>): MaybePromise<void> {
  const thread = turn.execution.threads.get(input.thread);
  if (thread?.waiting?.kind !== 'task' || thread.waiting.call !== input.call) return;
  if (input.kind === 'heartbeat') return heartbeat(turn, thread);
  const state = stateOf(turn, thread) as TaskState;
  return attempt(turn, thread, () => answered(turn, thread, state, input.outcome));
}

const attempt = (turn: Turn, thread: Thread, run: () => MaybePromise<void>): MaybePromise<void> =>
  guarded(run, (reason) => fail(turn, thread, stateOf(turn, thread), reason));

function drain(turn: Turn): MaybePromise<void> {
  for (;;) {
    if (turn.execution.status !== 'RUNNING') return;
    const work = turn.work.shift();
    if (work) {
      if (isFull(turn.execution)) return end(turn, 'FAILED', HISTORY_LIMIT_FAILURE, work.thread.cursor);
      const pending = perform(turn, work);
      if (pending instanceof Promise) return pending.then(() => drain(turn));
      continue;
    }
    const thread = turn.starting.shift();
    if (!thread) return;
    if (isAlive(turn, thread)) start(turn, thread, stateOf(turn, thread) as TaskState);
  }
}

/** A thread may have been aborted while it stood in line. */
const isAlive = (turn: Turn, thread: Thread) => turn.execution.threads.get(thread.id) === thread;

function perform(turn: Turn, work: Work): MaybePromise<void> {
  const { thread } = work;
  if (!isAlive(turn, thread)) return;
  switch (work.kind) {
    case 'enter':
      return enter(turn, thread);
    case 'again':
      return attempt(turn, thread, () => execute(turn, thread, stateOf(turn, thread)));
    case 'ended':
      return thread.parent === undefined
        ? end(turn, 'SUCCEEDED', {}, thread.cursor, work.output)
        : join(turn, thread, work);
    case 'broken':
      return isFatal(thread, work.failure)
        ? end(turn, 'FAILED', work.failure, thread.cursor)
        : join(turn, thread, work);
  }
}

/** States.Runtime ends the whole execution, from wherever it arose (but an item of a distributed Map is its own execution). */
const isFatal = (thread: Thread, failure: Failure) =>
  thread.parent === undefined || (failure.error === RUNTIME && !thread.shadow);

function enter(turn: Turn, thread: Thread): MaybePromise<void> {
  const state = stateOf(turn, thread);
  thread.enteredMs = turn.nowMs;
  thread.retries = 0;
  if (thread.attempts.length > 0) thread.attempts = [];
  thread.enteredEvent = note(turn, thread, ENTERED[state.type], { name: state.name, input: thread.input });
  return attempt(turn, thread, () => execute(turn, thread, state));
}

function execute(turn: Turn, thread: Thread, state: State): MaybePromise<void> {
  switch (state.type) {
    case 'Choice':
      return choice(turn, thread, state);
    case 'Task':
      return task(turn, thread, state);
    case 'Wait':
      return waitState(turn, thread, state);
    case 'Parallel':
      return parallel(turn, thread, state);
    case 'Map':
      return map(turn, thread, state);
    case 'Fail':
      return failState(turn, thread, state);
    default:
      return pass(turn, thread, state);
  }
}

/** A branch or an iteration is over: its parent's state hears of it. */
function join(turn: Turn, child: Thread, work: Extract<Work, { kind: 'ended' | 'broken' }>): MaybePromise<void> {
  const thread = turn.execution.threads.get(child.parent as number);
  if (!thread) return;
  const state = stateOf(turn, thread);
  return attempt(turn, thread, () => {
    if (state.type === 'Map') {
      return work.kind === 'ended'
        ? iterationEnded(turn, thread, state, child, work.output)
        : iterationBroke(turn, thread, state, child, work.failure);
    }
    if (state.type !== 'Parallel') return;
    return work.kind === 'ended'
      ? branchEnded(turn, thread, state, child, work.output)
      : branchBroke(turn, thread, state, child, work.failure);
  });
}
