import type { Outcome } from '../../core/effects.ts';
import { isObject, type Json } from '../../json.ts';
import type { Call, InvokeLambda, LambdaOutcome } from '../ports.ts';
import { sdkMetadata } from './metadata.ts';

/** The bare name in a function's name, ARN, or either with a version or alias. */
export function functionName(reference: string): string {
  const parts = reference.split(':');
  const at = parts.indexOf('function');
  return (at >= 0 ? parts[at + 1] : parts[0]) ?? reference;
}

/** A function as the resource itself: its answer is the result. */
export async function invokeFunction(invoke: InvokeLambda, arn: string, payload: Json, call: Call): Promise<Outcome> {
  const outcome = await invokeSafely(invoke, functionName(arn), payload, call);
  return outcome.ok ? { kind: 'succeeded', output: toJson(outcome.payload) } : failureOf(outcome);
}

/** `lambda:invoke`: the result is the response of the Invoke API. With a task token it is only submitted. */
export async function invokeService(
  invoke: InvokeLambda,
  args: Json,
  call: Call,
  withToken: boolean,
): Promise<Outcome> {
  const { FunctionName, Payload = {} } = isObject(args) ? args : {};
  if (typeof FunctionName !== 'string') return missingFunctionName;
  const outcome = await invokeSafely(invoke, functionName(FunctionName), Payload, call);
  if (!outcome.ok) return failureOf(outcome);
  return { kind: withToken ? 'submitted' : 'succeeded', output: response(toJson(outcome.payload)) };
}

const missingFunctionName: Outcome = {
  kind: 'failed',
  error: 'States.Runtime',
  cause: "The Parameters/Arguments of lambda:invoke must have a 'FunctionName' that is a string.",
};

async function invokeSafely(invoke: InvokeLambda, name: string, payload: Json, call: Call): Promise<LambdaOutcome> {
  try {
    return await invoke(name, payload, call);
  } catch (reason) {
    return { ok: false, errorType: 'Lambda.Unknown', errorMessage: String(reason) };
  }
}

/** What a function returns goes through JSON: nothing becomes null. */
const toJson = (payload: unknown): Json => JSON.parse(JSON.stringify(payload ?? null));

/** Errors of the Lambda service itself (`Lambda.…`) have plain causes; those of the function are its JSON. */
function failureOf({ errorType, errorMessage, trace }: Extract<LambdaOutcome, { ok: false }>): Outcome {
  const report = { errorType, errorMessage, ...(trace && { trace }) };
  const cause = errorType.startsWith('Lambda.') ? errorMessage : JSON.stringify(report);
  return { kind: 'failed', error: errorType, cause };
}

const response = (payload: Json): Json => ({
  ExecutedVersion: '$LATEST',
  Payload: payload,
  ...sdkMetadata({ 'Content-Type': 'application/json', 'X-Amz-Executed-Version': '$LATEST' }),
  StatusCode: 200,
});
