import { dataLimitExceeded, EXCEED_TOLERATED, type Failure } from '../../failure.ts';
import { exceedsPayloadLimit, type Json } from '../../json.ts';
import { chain, eachInOrder, type MaybePromise } from '../../maybe-promise.ts';
import type { MapState } from '../../program/types.ts';
import type { MapWait, Thread } from '../execution.ts';
import { fail } from '../fail.ts';
import { recordAside } from '../history.ts';
import { leave } from '../leave.ts';
import { draw, scopeOf } from '../scope.ts';
import { note, type Turn } from '../turn.ts';
import { abort, childrenOf, noteBroken, spawn } from './children.ts';
import { batch, type MapPlan, planMap } from './map-plan.ts';

/** Runs the item processor once for each item (or batch of items). */
export function map(turn: Turn, thread: Thread, state: MapState): MaybePromise<void> {
  const scope = scopeOf(turn, thread, { retries: thread.retries });
  return chain(planMap(state, scope), (plan) =>
    chain(state.batcher ? batched(turn, thread, state, plan) : plan.items, (items) => {
      note(turn, thread, 'MapStateStarted', { length: plan.items.length });
      thread.waiting = waitFor(items, plan, state.distributed ? startRun(turn, thread, state) : undefined);
      return advanceMap(turn, thread, state);
    }),
  );
}

/** With batches the selector shapes each item before it is grouped. */
function batched(turn: Turn, thread: Thread, state: MapState, { items }: MapPlan): MaybePromise<Json[]> {
  const selected: Json[] = [];
  const select = (value: Json, index: number) =>
    chain(selectItem(turn, thread, state, index, value), (item) => {
      selected[index] = item;
    });
  const scope = scopeOf(turn, thread);
  return chain(eachInOrder(items, select), () => batch(state.batcher ?? {}, selected, scope));
}

function waitFor(items: Json[], { maxConcurrency, tolerated }: MapPlan, mapRunArn?: string): MapWait {
  return {
    kind: 'map',
    items,
    length: items.length,
    maxConcurrency,
    results: [],
    children: [],
    next: 0,
    done: 0,
    failed: 0,
    ...(tolerated !== undefined && { tolerated }),
    ...(mapRunArn !== undefined && { mapRunArn }),
  };
}

function startRun(turn: Turn, thread: Thread, state: MapState): string {
  const machine = turn.execution.machineArn.replace(':stateMachine:', ':mapRun:');
  const mapRunArn = `${machine}/${state.name}:${turn.execution.name}-${Math.floor(draw(turn.execution) * 2 ** 32).toString(16)}`;
  note(turn, thread, 'MapRunStarted', { mapRunArn });
  return mapRunArn;
}

/** Starts iterations while there is room, or ends the state when all are done. */
function advanceMap(turn: Turn, thread: Thread, state: MapState): MaybePromise<void> {
  const waiting = thread.waiting as MapWait;
  if (waiting.done === waiting.length) return mapEnded(turn, thread, state, waiting);
  const { next } = waiting;
  if (next >= waiting.length || next - waiting.done >= waiting.maxConcurrency) return;
  waiting.next += 1;
  const value = waiting.items[next] as Json;
  const selected = state.batcher ? value : selectItem(turn, thread, state, next, value);
  return chain(selected, (input) => {
    startIteration(turn, thread, state, waiting, { index: next, value, input });
    return advanceMap(turn, thread, state);
  });
}

function selectItem(turn: Turn, thread: Thread, state: MapState, index: number, value: Json): MaybePromise<Json> {
  const item = { index, value };
  return state.itemSelector?.(scopeOf(turn, thread, { item, retries: thread.retries })) ?? value;
}

interface Iteration {
  readonly index: number;
  readonly value: Json;
  readonly input: Json;
}

function startIteration(
  turn: Turn,
  thread: Thread,
  state: MapState,
  waiting: MapWait,
  { index, value, input }: Iteration,
): void {
  const { mapRunArn } = waiting;
  const arn = `${mapRunArn?.replace(':mapRun:', ':execution:')}-${index}`;
  const shadow = mapRunArn === undefined ? undefined : { events: 1, arn, input };
  const item = { index, value };
  const child = spawn(turn, thread, { index, block: state.processor, input, item, ...(shadow && { shadow }) });
  waiting.children.push(child.id);
  if (!shadow) note(turn, child, 'MapIterationStarted', { name: state.name, index });
  turn.work.push({ kind: 'enter', thread: child });
}

export function iterationEnded(
  turn: Turn,
  thread: Thread,
  state: MapState,
  child: Thread,
  output: Json,
): MaybePromise<void> {
  const waiting = thread.waiting as MapWait;
  finishChild(turn, waiting, child);
  waiting.results[child.index] = output;
  if (waiting.mapRunArn !== undefined) return advanceMap(turn, thread, state);
  thread.cursor = child.cursor;
  const succeeded = recordAside(turn.execution, child, turn.nowMs, 'MapIterationSucceeded', {
    name: state.name,
    index: child.index,
  });
  // The next iteration follows the last one's states; the end of the Map follows its MapIterationSucceeded.
  if (waiting.done === waiting.length) thread.cursor = succeeded;
  return advanceMap(turn, thread, state);
}

function finishChild(turn: Turn, waiting: MapWait, child: Thread): void {
  turn.execution.threads.delete(child.id);
  waiting.children.splice(waiting.children.indexOf(child.id), 1);
  waiting.done += 1;
}

function mapEnded(turn: Turn, thread: Thread, state: MapState, waiting: MapWait): MaybePromise<void> {
  delete thread.waiting;
  if (waiting.mapRunArn !== undefined) {
    const event = recordAside(turn.execution, thread, turn.nowMs, 'MapRunSucceeded');
    recordAside(turn.execution, { ...thread, cursor: event }, turn.nowMs, 'MapStateSucceeded');
  } else recordAside(turn.execution, thread, turn.nowMs, 'MapStateSucceeded');
  const result = waiting.results.filter((output) => output !== undefined);
  if (exceedsPayloadLimit(result)) throw dataLimitExceeded(state.name);
  return leave(turn, thread, state, state.exit, scopeOf(turn, thread, { result, retries: thread.retries }), result);
}

/** A broken iteration breaks the state, unless as many failures as have now happened are tolerated. */
export function iterationBroke(
  turn: Turn,
  thread: Thread,
  state: MapState,
  child: Thread,
  failure: Failure,
): MaybePromise<void> {
  const waiting = thread.waiting as MapWait;
  waiting.failed += 1;
  finishChild(turn, waiting, child);
  noteIteration(turn, state, child, 'Failed');
  noteBroken(turn, child);
  if (waiting.mapRunArn === undefined) thread.cursor = child.cursor;
  if (waiting.tolerated !== undefined && waiting.failed <= waiting.tolerated) return advanceMap(turn, thread, state);
  for (const sibling of childrenOf(turn, thread)) {
    noteIteration(turn, state, sibling, 'Aborted', child);
    abort(turn, sibling, child);
  }
  return breakMap(turn, thread, state, waiting, failure);
}

function noteIteration(turn: Turn, state: MapState, child: Thread, end: string, after = child): void {
  if (!child.shadow)
    recordAside(turn.execution, after, turn.nowMs, `MapIteration${end}`, { name: state.name, index: child.index });
}

function breakMap(turn: Turn, thread: Thread, state: MapState, waiting: MapWait, failure: Failure): MaybePromise<void> {
  const reason = waiting.tolerated === undefined ? failure : toleranceExceeded();
  if (waiting.mapRunArn !== undefined) note(turn, thread, 'MapRunFailed', { error: reason.error, cause: reason.cause });
  return fail(turn, thread, state, reason);
}

const toleranceExceeded = (): Failure => ({
  error: EXCEED_TOLERATED,
  cause: 'The specified tolerated failure threshold was exceeded',
});
