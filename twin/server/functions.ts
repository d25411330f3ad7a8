import { randomUUID } from 'node:crypto';
import type { Ports } from '../../lib/ports/index.ts';
import type { Log } from '../../lib/runtime/call.ts';
import { type Handler, handlerOf } from '../../lib/runtime/handler.ts';
import type { LambdaOutcome } from '../engine/index.ts';
import { type FunctionWiring, loadTask, type Wiring } from '../wiring/index.ts';

/** All that functions may ask for, but what a lost region needs. */
export type TwinPorts = Omit<Ports, 'dns' | 'heartbeats' | 'witnesses' | 'writers'>;

/** The Lambda functions of serverless.yml in this process. */
export interface Functions {
  /** By key or by name on AWS. Never rejects. */
  invoke(keyOrName: string, payload: unknown): Promise<LambdaOutcome>;
}

/** Loads all code first: a function that cannot be loaded should end the start, not a run. */
export const loadFunctions = async (
  { functions }: Wiring,
  ports: TwinPorts,
  logOf: (key: string) => Log,
): Promise<Functions> => {
  const load = async (wiring: FunctionWiring) => {
    const { key, name, timeoutSeconds } = wiring;
    const handler = handlerOf(await loadTask(wiring), ports, logOf(key));
    const invoke = invokerOf(handler, timeoutSeconds);
    return [[key, invoke] as const, [name, invoke] as const];
  };
  const invokers = new Map((await Promise.all(functions.map(load))).flat());
  return {
    invoke: async (keyOrName, payload) => (await invokers.get(keyOrName)?.(payload)) ?? unknownFunction(keyOrName),
  };
};

const unknownFunction = (name: string): LambdaOutcome => ({
  ok: false,
  errorType: 'Lambda.ResourceNotFoundException',
  errorMessage: `Function not found: ${name}`,
});

/**
 * A call with the function's own time budget. Past it the handler answers `OutOfTime`, as it does on AWS; whatever the
 * call had begun may still arrive, which is why writes are fenced and repeatable. Payloads cross as JSON, as on a wire.
 */
export const invokerOf = (handler: Handler, timeoutSeconds: number) => {
  return async (payload: unknown): Promise<LambdaOutcome> => {
    const endMs = performance.now() + timeoutSeconds * 1000;
    const getRemainingTimeInMillis = () => Math.max(0, endMs - performance.now());
    try {
      const event: unknown = JSON.parse(JSON.stringify(payload));
      const answer = await handler(event, { awsRequestId: randomUUID(), getRemainingTimeInMillis });
      return { ok: true, payload: JSON.parse(JSON.stringify(answer ?? null)) };
    } catch (error) {
      return failureOf(error);
    }
  };
};

const failureOf = (error: unknown): LambdaOutcome => {
  if (!(error instanceof Error)) return { ok: false, errorType: 'Error', errorMessage: String(error) };
  const trace =
    error.stack
      ?.split('\n')
      .slice(1)
      .map((line) => line.trim()) ?? [];
  return { ok: false, errorType: error.name, errorMessage: error.message, trace };
};
