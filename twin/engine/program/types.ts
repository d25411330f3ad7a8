import type { JsonObject } from '../json.ts';
import type { MaybePromise } from '../maybe-promise.ts';
import type { Scope } from '../query/scope.ts';
import type { Resource } from './resource.ts';
import type { Template } from './template.ts';

/** A field that is a value of one type, or an expression for one. Fails with a StateError when the type is wrong. */
export type Typed<T> = (scope: Scope) => MaybePromise<T>;

/** A machine, ready to run. `blocks` are its sequences of states: the machine itself ('') and each branch and item processor. */
export interface Program {
  readonly definition: JsonObject;
  readonly timeoutSeconds?: number;
  readonly blocks: ReadonlyMap<string, Block>;
}

export interface Block {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** How a state hands over: assignments, output, and where to. */
export interface Exit {
  readonly assign?: Template;
  readonly output?: Template;
  /** Absent: the end. */
  readonly next?: string;
}

export interface Retrier {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly fullJitter: boolean;
}

export interface Catcher extends Exit {
  readonly errors: readonly string[];
}

interface Common {
  readonly name: string;
  readonly exit: Exit;
}

interface Handling {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface PassState extends Common {
  readonly type: 'Pass';
}

export interface SucceedState extends Common {
  readonly type: 'Succeed';
}

export interface FailState extends Common {
  readonly type: 'Fail';
  readonly error?: Typed<string>;
  readonly cause?: Typed<string>;
}

export interface ChoiceState extends Common {
  readonly type: 'Choice';
  readonly rules: readonly { readonly condition: Typed<boolean>; readonly exit: Exit }[];
}

export interface WaitState extends Common {
  readonly type: 'Wait';
  readonly seconds?: Typed<number>;
  readonly timestamp?: Typed<string>;
}

export interface TaskState extends Common, Handling {
  readonly type: 'Task';
  readonly resource: Resource;
  readonly arguments?: Template;
  readonly timeoutSeconds?: Typed<number>;
  readonly heartbeatSeconds?: Typed<number>;
}

export interface ParallelState extends Common, Handling {
  readonly type: 'Parallel';
  readonly arguments?: Template;
  /** Keys of blocks. */
  readonly branches: readonly string[];
}

export interface MapState extends Common, Handling {
  readonly type: 'Map';
  /** Key of a block. */
  readonly processor: string;
  readonly distributed: boolean;
  readonly items?: Template;
  readonly itemSelector?: Template;
  readonly batcher?: Batcher;
  readonly maxConcurrency?: Typed<number>;
  readonly toleratedCount?: Typed<number>;
  readonly toleratedPercentage?: Typed<number>;
}

/** Groups of items, each the input of one iteration (`ItemBatcher`). */
export interface Batcher {
  readonly maxItems?: Typed<number>;
  readonly maxBytes?: Typed<number>;
  readonly input?: Template;
}

export type State =
  | PassState
  | SucceedState
  | FailState
  | ChoiceState
  | WaitState
  | TaskState
  | ParallelState
  | MapState;
export type HandlingState = TaskState | ParallelState | MapState;
