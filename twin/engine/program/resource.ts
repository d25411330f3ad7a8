/** How a task's end is awaited: by the call's answer, by a child execution or job, or by a task token. */
export type Pattern = 'response' | 'sync' | 'sync:2' | 'token';

/** What a Task calls. `service` and `action` are those of the resource ARN, e.g. `dynamodb` and `getItem`. */
export interface Resource {
  readonly arn: string;
  /** A Lambda function's ARN as the resource itself; its history events are a family of their own. */
  readonly kind: 'function' | 'service' | 'sdk';
  readonly service: string;
  readonly action: string;
  readonly pattern: Pattern;
}

const FUNCTION = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:.+$/;
const SERVICE = /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:)?([A-Za-z0-9-]+):([A-Za-z0-9]+)(\.[A-Za-z]+(?::2)?)?$/;
const PATTERNS: Record<string, Pattern> = { '.sync': 'sync', '.sync:2': 'sync:2', '.waitForTaskToken': 'token' };

/** Nothing when the text is no resource that the engine knows (an activity, say). */
export function parseResource(arn: string): Resource | undefined {
  if (FUNCTION.test(arn)) return { arn, kind: 'function', service: 'lambda', action: 'invoke', pattern: 'response' };
  const [, sdk, service, action, suffix] = SERVICE.exec(arn) ?? [];
  if (!service || !action || service === 'activity') return undefined;
  const pattern = suffix === undefined ? 'response' : PATTERNS[suffix];
  return pattern && { arn, kind: sdk ? 'sdk' : 'service', service, action, pattern };
}

/** `resourceType` of history events. */
export const resourceType = (resource: Resource) =>
  resource.kind === 'sdk' ? `aws-sdk:${resource.service}` : resource.service;

const SUFFIXES: Record<Pattern, string> = {
  response: '',
  sync: '.sync',
  'sync:2': '.sync:2',
  token: '.waitForTaskToken',
};

/** `resource` of history events. */
export const resourceName = (resource: Resource) => `${resource.action}${SUFFIXES[resource.pattern]}`;
