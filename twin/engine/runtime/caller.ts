import type { CallEffect, Outcome } from '../core/effects.ts';
import type { CallId } from '../core/execution.ts';
import type { Actor } from './actor.ts';
import { invokeFunction, invokeService } from './calls/lambda.ts';
import { callService, noSdk } from './calls/sdk.ts';
import { callSfn, isSfnAction } from './calls/sfn.ts';
import { type StartChild, startChild } from './calls/states.ts';
import type { Engine } from './contract.ts';
import type { EngineOptions } from './ports.ts';

type Services = Pick<EngineOptions, 'invokeLambda' | 'callSdk'> & {
  readonly startChild: StartChild;
  readonly api: Engine;
};

/** Makes a task's call. */
export const makeCall = (services: Services, actor: Actor, effect: CallEffect, signal: AbortSignal): Promise<Outcome> =>
  outcomeOf(services, actor, effect, signal).catch(broken);

/** A defect in an integration must end the task, not leave it waiting for ever. */
const broken = (reason: unknown): Outcome => ({ kind: 'failed', error: 'States.TaskFailed', cause: String(reason) });

function outcomeOf(services: Services, actor: Actor, effect: CallEffect, signal: AbortSignal): Promise<Outcome> {
  const { resource, arguments: args, deadlineMs, token } = effect;
  const executionArn = actor.execution.arn;
  const call = {
    executionArn,
    signal,
    ...(deadlineMs !== undefined && { deadlineMs }),
    ...(token !== undefined && { taskToken: token }),
  };
  const { kind, service, action, pattern, arn } = resource;
  if (kind === 'function') return invokeFunction(services.invokeLambda, arn, args, call);
  if (kind === 'service' && service === 'lambda')
    return invokeService(services.invokeLambda, args, call, pattern === 'token');
  if (kind === 'service' && service === 'states') {
    const id: CallId = { executionArn, thread: effect.thread, call: effect.call };
    return startChild(services.startChild, args, pattern, id);
  }
  if (kind === 'sdk' && service === 'sfn' && isSfnAction(action)) return callSfn(services.api, action, args, pattern);
  return callService(services.callSdk ?? noSdk, resource, args, { ...call, viaSdk: kind === 'sdk' });
}
