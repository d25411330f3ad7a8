import type { Failure } from '../failure.ts';
import type { Json, JsonObject } from '../json.ts';
import type { HistoryRecord } from './event.ts';

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/**
 * One execution, as plain data: everything there is to know to go on with it. Times are epoch milliseconds.
 * `threads` is a tree: the root runs the machine, and a Parallel or Map state of a thread has child threads.
 */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  /** Which definition of the machine it runs: an update does not change running executions. */
  readonly revision: number;
  readonly input: Json;
  readonly startMs: number;
  /** Where chance starts from; `draws` counts the numbers drawn. So a replay draws the same ones. */
  readonly seed: number;
  draws: number;
  /** The call of the parent execution that waits for this one (`startExecution.sync`). */
  readonly parent?: CallId;
  status: Status;
  stopMs?: number;
  output?: Json;
  failure?: Failure;
  lastThread: number;
  lastCall: number;
  readonly threads: Map<number, Thread>;
  readonly history: HistoryRecord[];
}

/** One call of one task of one execution. A late answer to an earlier attempt names another call and is ignored. */
export interface CallId {
  readonly executionArn: string;
  readonly thread: number;
  readonly call: number;
}

/** A sequence of states being run: the machine itself, a branch, or an iteration. */
export interface Thread {
  readonly id: number;
  readonly parent?: Thread['id'];
  /** Which branch or iteration of the parent's state. */
  readonly index: number;
  /** Key of the block of states it runs. */
  readonly block: string;
  readonly item?: MapItem;
  /** Counts the unrecorded events of an item of a distributed Map, which is an execution of its own on AWS. */
  readonly shadow?: { events: number; readonly arn: string; readonly input: Json };
  state: string;
  input: Json;
  /** Replaced on assignment, never changed: children share it and do not see later assignments. */
  variables: Readonly<JsonObject>;
  /** The event that the next one of this thread follows. */
  cursor: number;
  enteredMs: number;
  enteredEvent: number;
  retries: number;
  /** Attempts used of each retrier of the state. */
  attempts: number[];
  waiting?: Waiting;
}

export interface MapItem {
  readonly index: number;
  readonly value: Json;
}

export type Waiting =
  | { readonly kind: 'wait'; readonly atMs: number }
  | { readonly kind: 'retry'; readonly atMs: number }
  | TaskWait
  | BranchWait
  | MapWait;

export interface TaskWait {
  readonly kind: 'task';
  readonly call: number;
  readonly arguments: Json;
  readonly token?: string;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  phase: 'scheduled' | 'started' | 'submitted';
  deadlineMs?: number;
  heartbeatMs?: number;
  /** The child execution awaited. */
  childArn?: string;
}

export interface BranchWait {
  readonly kind: 'branches';
  readonly children: number[];
  readonly results: Json[];
  left: number;
}

export interface MapWait {
  readonly kind: 'map';
  readonly items: readonly Json[];
  readonly length: number;
  readonly maxConcurrency: number;
  /** How many items may fail; absent: the first failure is the Map's failure. */
  readonly tolerated?: number;
  /** Results by iteration; a failed one that is tolerated has none. */
  readonly results: (Json | undefined)[];
  readonly children: number[];
  next: number;
  done: number;
  failed: number;
  /** The distributed Map's own event. */
  mapRunArn?: string;
}
