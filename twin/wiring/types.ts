import type { Place } from './parameters.ts';

/** One entry under `events:` of a function, e.g. `{ eventBridge: { pattern } }`, with all references resolved. */
export type FunctionEvent = Readonly<Record<string, unknown>>;

/** One Lambda function. `module` is relative to the repository; `task` is the name of the step or trigger it exports. */
export interface FunctionWiring {
  readonly key: string;
  readonly name: string;
  readonly arn: string;
  readonly module: string;
  readonly task: string;
  readonly timeoutSeconds: number;
  /** Of asynchronous invocations, after the first. */
  readonly maximumRetryAttempts: number;
  /** Of asynchronous invocations: an event older than this is given up. */
  readonly maximumEventAgeSeconds: number;
  readonly events: readonly FunctionEvent[];
}

/** One state machine. `definition` has real ARNs where the file has `Ref` and `Fn::GetAtt`. */
export interface MachineWiring {
  readonly key: string;
  readonly name: string;
  readonly arn: string;
  readonly definition: Readonly<Record<string, unknown>>;
}

export interface Wiring {
  readonly place: Place;
  readonly functions: readonly FunctionWiring[];
  readonly machines: readonly MachineWiring[];
}
