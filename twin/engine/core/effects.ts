import type { Failure } from '../failure.ts';
import type { Json } from '../json.ts';
import type { Resource } from '../program/resource.ts';
import type { Status } from './execution.ts';

/** Why a timer was set. A thread has at most one of each. */
export type Purpose = 'wait' | 'retry' | 'timeout' | 'heartbeat';

/** What happened to an execution. Given its state, these and their times are all that decides what comes next. */
export type Input =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop'; readonly error?: string; readonly cause?: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'timer'; readonly thread: number; readonly purpose: Purpose; readonly atMs: number }
  | { readonly kind: 'answered'; readonly thread: number; readonly call: number; readonly outcome: Outcome }
  | { readonly kind: 'heartbeat'; readonly thread: number; readonly call: number };

/** `submitted`: the call was taken, and its end is still to come (a child execution's, or a task token's). */
export type Outcome =
  | { readonly kind: 'submitted'; readonly output: Json; readonly childArn?: string }
  | { readonly kind: 'succeeded'; readonly output: Json }
  | ({ readonly kind: 'failed' } & Failure);

/** What the runtime has to do for an execution. */
export type Effect =
  | { readonly kind: 'timer'; readonly thread: number; readonly purpose: Purpose; readonly atMs: number }
  | CallEffect
  /** The thread no longer waits: forget its timers, call and token. */
  | { readonly kind: 'release'; readonly thread: number; readonly childArn?: string }
  | { readonly kind: 'expire'; readonly atMs: number }
  | { readonly kind: 'status'; readonly status: Status };

export interface CallEffect {
  readonly kind: 'call';
  readonly thread: number;
  readonly call: number;
  readonly resource: Resource;
  readonly arguments: Json;
  readonly token?: string;
  readonly deadlineMs?: number;
}
