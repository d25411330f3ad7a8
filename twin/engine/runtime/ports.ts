import type { Clock } from '../clock.ts';
import type { Journal } from './journal.ts';
import type { ExecutionStatusChange } from './render.ts';

/** What a Lambda function did with a payload. `trace` is the stack trace, a line each. */
export type LambdaOutcome =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string; readonly trace?: string[] };

/** About one call. `deadlineMs`: when the state times out. `signal`: nobody waits for the answer any more. */
export interface Call {
  readonly executionArn: string;
  readonly deadlineMs?: number;
  readonly signal: AbortSignal;
  /** The token with which the task ends, where the resource waits for one. */
  readonly taskToken?: string;
}

/** Invokes a function by its name. Must not reject for a failure of the function. */
export type InvokeLambda = (functionName: string, payload: unknown, call: Call) => Promise<LambdaOutcome>;

/**
 * Calls an AWS API: `dynamodb` and `getItem`, say. Throws an object whose `name` is the error's, such as
 * `ConditionalCheckFailedException`, with or without the prefix that Step Functions gives it (`DynamoDB.…`).
 */
export type CallSdk = (service: string, action: string, args: unknown, call: SdkCall) => Promise<unknown>;

export interface SdkCall extends Call {
  /** Whether the resource was `…:aws-sdk:…`. */
  readonly viaSdk: boolean;
}

export interface EngineOptions {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly invokeLambda: InvokeLambda;
  readonly callSdk?: CallSdk;
  /** A number from 0 (inclusive) to 1; seeds each execution. */
  readonly random?: () => number;
  readonly accountId?: string;
  readonly region?: string;
  /** Told of each change of an execution's status, once it is safe; a crash just then may lose it, as on AWS. */
  readonly onStatusChange?: (change: ExecutionStatusChange) => void;
}
