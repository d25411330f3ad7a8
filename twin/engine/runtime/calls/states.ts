import type { Outcome } from '../../core/effects.ts';
import type { CallId, Execution } from '../../core/execution.ts';
import { ApiError } from '../../errors.ts';
import { TASK_FAILED } from '../../failure.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Pattern } from '../../program/resource.ts';
import { describe } from '../render.ts';
import { sdkMetadata } from './metadata.ts';

/** Starts the child of a call. Calling again for the same call answers the same child. */
export type StartChild = (
  request: { stateMachineArn: string; name?: string; input?: string | object },
  parent: CallId,
) => Promise<Execution>;

/** `states:startExecution`, with or without waiting for the child's end. */
export async function startChild(start: StartChild, args: Json, pattern: Pattern, parent: CallId): Promise<Outcome> {
  const { StateMachineArn, Name, Input } = isObject(args) ? args : {};
  try {
    const request = {
      stateMachineArn: String(StateMachineArn),
      ...(typeof Name === 'string' && { name: Name }),
      ...(Input !== undefined && Input !== null && { input: inputOf(Input) }),
    };
    const child = await start(request, parent);
    return taken(child, pattern);
  } catch (reason) {
    return refused(reason);
  }
}

/** Text is JSON already; anything else is the input itself. */
const inputOf = (input: Json): string | object =>
  typeof input === 'string' ? input : isObject(input) || Array.isArray(input) ? input : JSON.stringify(input);

function taken(child: Execution, pattern: Pattern): Outcome {
  const output = {
    ExecutionArn: child.arn,
    ...sdkMetadata({ 'Content-Type': 'application/x-amz-json-1.0' }),
    StartDate: child.startMs,
  };
  if (pattern === 'response') return { kind: 'succeeded', output };
  return { kind: 'submitted', output, ...(pattern !== 'token' && { childArn: child.arn }) };
}

function refused(reason: unknown): Outcome {
  if (!(reason instanceof ApiError)) throw reason;
  const cause = `${reason.message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${reason.name}; Proxy: null)`;
  return { kind: 'failed', error: `StepFunctions.${reason.name}Exception`, cause };
}

/** What the end of a child is to the task that waits for it. `sync:2` gives its input and output as JSON, `sync` as text. */
export function childOutcome(child: Execution, pattern: Pattern): Outcome {
  const output = childResult(child, pattern === 'sync:2');
  if (child.status === 'SUCCEEDED') return { kind: 'succeeded', output };
  return { kind: 'failed', error: TASK_FAILED, cause: JSON.stringify(output) };
}

function childResult(child: Execution, parsed: boolean): JsonObject {
  const { input, output, inputDetails, outputDetails, cause, error, redriveStatusReason, ...rest } = describe(child);
  const fields = {
    ...(cause !== undefined && { cause }),
    ...(error !== undefined && { error }),
    executionArn: rest.executionArn,
    input: parsed ? child.input : input,
    inputDetails: { Included: inputDetails.included },
    name: rest.name,
    ...(child.output !== undefined && { output: parsed ? child.output : output, outputDetails: { Included: true } }),
    redriveCount: rest.redriveCount,
    redriveStatus: rest.redriveStatus,
    ...(redriveStatusReason !== undefined && { redriveStatusReason }),
    startDate: child.startMs,
    stateMachineArn: rest.stateMachineArn,
    status: rest.status,
    stopDate: child.stopMs,
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [pascal(name), value as Json]));
}

export const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
