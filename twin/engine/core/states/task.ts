import { dataLimitExceeded, type Failure, HEARTBEAT_TIMEOUT, TIMEOUT } from '../../failure.ts';
import { exceedsPayloadLimit, type Json } from '../../json.ts';
import { chain, type MaybePromise } from '../../maybe-promise.ts';
import type { Resource } from '../../program/resource.ts';
import type { TaskState } from '../../program/types.ts';
import type { CallEffect, Outcome } from '../effects.ts';
import type { Execution, TaskWait, Thread } from '../execution.ts';
import { fail } from '../fail.ts';
import { leave } from '../leave.ts';
import { scopeOf } from '../scope.ts';
import { note, release, type Turn } from '../turn.ts';
import { eventsOf } from './task-events.ts';

/** Evaluates the arguments and schedules the call; it starts at the end of the turn. */
export function task(turn: Turn, thread: Thread, state: TaskState): MaybePromise<void> {
  const call = turn.execution.lastCall + 1;
  turn.execution.lastCall = call;
  const token = state.resource.pattern === 'token' ? tokenOf(turn.execution, thread, call) : undefined;
  const scope = scopeOf(turn, thread, { retries: thread.retries, ...(token !== undefined && { token }) });
  return chain(state.arguments?.(scope) ?? thread.input, (args) =>
    chain(state.timeoutSeconds?.(scope), (timeoutSeconds) =>
      chain(state.heartbeatSeconds?.(scope), (heartbeatSeconds) => {
        if (exceedsPayloadLimit(args)) throw dataLimitExceeded(state.name);
        schedule(turn, thread, state.resource, {
          kind: 'task',
          call,
          arguments: args,
          phase: 'scheduled',
          ...(token !== undefined && { token }),
          ...(timeoutSeconds !== undefined && { timeoutSeconds }),
          ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
        });
      }),
    ),
  );
}

/** A token says which call it is for; callers must treat it as opaque. */
export const tokenOf = ({ arn }: Execution, thread: Thread, call: number) =>
  Buffer.from(JSON.stringify([arn, thread.id, call])).toString('base64url');

function schedule(turn: Turn, thread: Thread, resource: Resource, waiting: TaskWait): void {
  thread.waiting = waiting;
  const events = eventsOf(resource);
  note(turn, thread, events.scheduled, events.scheduledDetails(waiting, turn.execution.arn));
  turn.starting.push(thread);
}

/** Both clocks of the task start with it. */
export function start(turn: Turn, thread: Thread, state: TaskState): void {
  const waiting = thread.waiting as TaskWait;
  const events = eventsOf(state.resource);
  note(turn, thread, events.started, events.details());
  waiting.phase = 'started';
  const { timeoutSeconds, heartbeatSeconds } = waiting;
  if (timeoutSeconds !== undefined) waiting.deadlineMs = turn.nowMs + timeoutSeconds * 1000;
  if (heartbeatSeconds !== undefined) waiting.heartbeatMs = turn.nowMs + heartbeatSeconds * 1000;
  turn.effects.push(callOf(thread, state.resource, waiting), ...clocksOf(thread, waiting));
}

export function callOf(thread: Thread, resource: Resource, waiting: TaskWait): CallEffect {
  const { call, token, deadlineMs } = waiting;
  return {
    kind: 'call',
    thread: thread.id,
    call,
    resource,
    arguments: waiting.arguments,
    ...(token !== undefined && { token }),
    ...(deadlineMs !== undefined && { deadlineMs }),
  };
}

export function clocksOf({ id: thread }: Thread, { deadlineMs, heartbeatMs }: TaskWait) {
  return [
    ...(deadlineMs === undefined ? [] : [{ kind: 'timer', thread, purpose: 'timeout', atMs: deadlineMs } as const]),
    ...(heartbeatMs === undefined ? [] : [{ kind: 'timer', thread, purpose: 'heartbeat', atMs: heartbeatMs } as const]),
  ];
}

/** The call's answer, or the end that a submitted one was waited for. */
export function answered(turn: Turn, thread: Thread, state: TaskState, outcome: Outcome): MaybePromise<void> {
  const waiting = thread.waiting as TaskWait;
  const events = eventsOf(state.resource);
  if (outcome.kind === 'submitted') {
    note(turn, thread, events.submitted, events.details({ output: outcome.output }));
    waiting.phase = 'submitted';
    if (outcome.childArn !== undefined) waiting.childArn = outcome.childArn;
    return;
  }
  // The child has ended by itself: releasing the task must not stop it.
  delete waiting.childArn;
  release(turn, thread);
  return outcome.kind === 'succeeded'
    ? succeeded(turn, thread, state, outcome.output)
    : failed(turn, thread, state, { ...outcome });
}

function succeeded(turn: Turn, thread: Thread, state: TaskState, result: Json): MaybePromise<void> {
  const events = eventsOf(state.resource);
  if (exceedsPayloadLimit(result)) {
    const { error, cause } = dataLimitExceeded(events.subject);
    return failed(turn, thread, state, { error, cause });
  }
  note(turn, thread, events.succeeded, events.details({ output: result }));
  const scope = scopeOf(turn, thread, { result, retries: thread.retries });
  return leave(turn, thread, state, state.exit, scope, result);
}

function failed(turn: Turn, thread: Thread, state: TaskState, { error, cause, aliases }: Failure): MaybePromise<void> {
  const failure = {
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    ...(aliases && { aliases }),
  };
  const events = eventsOf(state.resource);
  note(turn, thread, events.failed, events.details({ error, cause }));
  return fail(turn, thread, state, failure);
}

/** AWS shows a missed heartbeat as States.Timeout, and lets either name catch it. */
export function timedOut(
  turn: Turn,
  thread: Thread,
  state: TaskState,
  purpose: 'timeout' | 'heartbeat',
): MaybePromise<void> {
  release(turn, thread);
  const events = eventsOf(state.resource);
  note(turn, thread, events.timedOut, events.details({ error: TIMEOUT }));
  const aliases = purpose === 'heartbeat' ? [HEARTBEAT_TIMEOUT] : [];
  return fail(turn, thread, state, { error: TIMEOUT, aliases });
}

/** A heartbeat moves the instant by which the next one is due. */
export function heartbeat(turn: Turn, thread: Thread): void {
  const waiting = thread.waiting as TaskWait;
  if (waiting.heartbeatSeconds === undefined) return;
  waiting.heartbeatMs = turn.nowMs + waiting.heartbeatSeconds * 1000;
  turn.effects.push({ kind: 'timer', thread: thread.id, purpose: 'heartbeat', atMs: waiting.heartbeatMs });
}
