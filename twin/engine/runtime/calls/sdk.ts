import type { Outcome } from '../../core/effects.ts';
import type { Json } from '../../json.ts';
import type { Resource } from '../../program/resource.ts';
import type { CallSdk, SdkCall } from '../ports.ts';
import { pascal } from './states.ts';

/** How Step Functions prefixes the errors of its optimised integrations. */
const PREFIXES: Record<string, string> = {
  dynamodb: 'DynamoDB',
  events: 'EventBridge',
  lambda: 'Lambda',
  sns: 'SNS',
  sqs: 'SQS',
  states: 'StepFunctions',
};

/** And those of the AWS SDK integrations, where it is not the service's name with a capital. */
const SDK_PREFIXES: Record<string, string> = {
  dynamodb: 'DynamoDb',
  eventbridge: 'EventBridge',
  elasticloadbalancingv2: 'ElasticLoadBalancingV2',
};

/** Any other service, through the engine's hook. */
export async function callService(callSdk: CallSdk, resource: Resource, args: Json, call: SdkCall): Promise<Outcome> {
  try {
    const answer = await callSdk(resource.service, resource.action, args, call);
    const output = JSON.parse(JSON.stringify(answer ?? {})) as Json;
    return (
      rejectedEvents(resource, output) ?? { kind: resource.pattern === 'token' ? 'submitted' : 'succeeded', output }
    );
  } catch (reason) {
    return failureOf(resource, reason);
  }
}

/** One rejected entry fails `events:putEvents`, although the API answers. */
function rejectedEvents({ kind, service, action }: Resource, output: Json): Outcome | undefined {
  if (kind !== 'service' || service !== 'events' || action !== 'putEvents') return undefined;
  const { FailedEntryCount = 0 } = output as { FailedEntryCount?: number };
  if (FailedEntryCount === 0) return undefined;
  return { kind: 'failed', error: 'EventBridge.FailedEntry', cause: JSON.stringify(output) };
}

function failureOf({ kind, service }: Resource, reason: unknown): Outcome {
  const { name = 'Error', message = String(reason) } = (reason ?? {}) as { name?: string; message?: string };
  if (name.includes('.')) return { kind: 'failed', error: name, cause: message };
  const prefix = kind === 'sdk' ? (SDK_PREFIXES[service] ?? pascal(service)) : (PREFIXES[service] ?? pascal(service));
  return {
    kind: 'failed',
    error: `${prefix}.${name.endsWith('Exception') ? name : `${name}Exception`}`,
    cause: message,
  };
}

/** Without a hook a machine may not silently skip a call. */
export const noSdk: CallSdk = async (service, action) => {
  throw Object.assign(new Error(`No callSdk was given to the engine, so ${service}:${action} cannot be called.`), {
    name: 'States.Runtime',
  });
};
