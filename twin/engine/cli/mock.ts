import { readFileSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { isObject, type Json } from '../json.ts';
import type { Engine } from '../runtime/contract.ts';
import type { Call, CallSdk, InvokeLambda } from '../runtime/ports.ts';

/**
 * A mock file: by function name, or by `service:action`, what the first, second, … call does; the last one repeats.
 *   { "charge": [{ "throw": { "error": "Busy", "cause": "…" } }, { "return": { "ok": true } }],
 *     "sqs:sendMessage": [{ "return": {}, "succeed": { "approved": true } }] }
 * `succeed` and `fail` answer the task token of a call that waits for one.
 */
export interface Step {
  readonly return?: Json;
  readonly throw?: { readonly error: string; readonly cause?: string };
  readonly succeed?: Json;
  readonly fail?: { readonly error?: string; readonly cause?: string };
}

export type Mocks = Readonly<Record<string, readonly Step[]>>;

const KNOWN = ['return', 'throw', 'succeed', 'fail'];

export function readMocks(path: string): Mocks {
  const mocks = JSON.parse(readFileSync(path, 'utf8')) as unknown;
  if (!isObject(mocks))
    throw new Error(`${path}: a mock file is an object of lists, by function name or service:action`);
  const problems = Object.entries(mocks).flatMap(([name, steps]) => problemsOf(name, steps));
  if (problems.length > 0) throw new Error(`${path}: ${problems.join('; ')}`);
  return mocks as unknown as Mocks;
}

function problemsOf(name: string, steps: Json): string[] {
  if (!Array.isArray(steps) || steps.length === 0) return [`${name}: must be a list with at least one step`];
  return steps.flatMap((step, index) => {
    const keys = isObject(step) ? Object.keys(step) : ['(no object)'];
    const unknown = keys.filter((key) => !KNOWN.includes(key));
    return unknown.map((key) => `${name}[${index}]: unknown ${key}; known are ${KNOWN.join(', ')}`);
  });
}

/** Where a mock file is played. The engine is asked for only when a token is to be answered. */
export interface Stage {
  readonly engine: () => Engine;
  readonly clock: Clock;
}

/** The ports of an engine, played from a mock file. */
export function play(mocks: Mocks, stage: Stage): { invokeLambda: InvokeLambda; callSdk: CallSdk } {
  const counts = new Map<string, number>();
  const next = (name: string, call: Call): Step | undefined => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const steps = mocks[name];
    const step = steps?.[Math.min(count, steps.length - 1)];
    if (step) answerToken(step, stage, call);
    return step;
  };
  return {
    invokeLambda: async (name, payload, call) => {
      const step = next(name, call);
      if (!step)
        return {
          ok: false,
          errorType: 'Lambda.ResourceNotFoundException',
          errorMessage: `Function not found: ${name}`,
        };
      const { throw: error } = step;
      if (error) return { ok: false, errorType: error.error, errorMessage: error.cause ?? '' };
      return { ok: true, payload: step.return ?? payload };
    },
    callSdk: async (service, action, _args, call) => {
      const step = next(`${service}:${action}`, call);
      if (!step) throw failure('States.Runtime', `The mock file says nothing of ${service}:${action}`);
      if (step.throw) throw failure(step.throw.error, step.throw.cause ?? '');
      return step.return ?? {};
    },
  };
}

const failure = (name: string, message: string) => Object.assign(new Error(message), { name });

/** After the call itself: a token cannot be answered before it was given out. */
function answerToken({ succeed, fail }: Step, { engine, clock }: Stage, { taskToken }: Call): void {
  if (taskToken === undefined) return;
  clock.at(clock.now(), () => {
    if (succeed !== undefined) void engine().sendTaskSuccess(taskToken, JSON.stringify(succeed));
    else if (fail) void engine().sendTaskFailure(taskToken, fail);
  });
}
