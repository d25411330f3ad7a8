import { type Resource, resourceName, resourceType } from '../../program/resource.ts';
import type { Details } from '../event.ts';
import type { TaskWait } from '../execution.ts';

/** How a task shows in history: functions called by their ARN have a family of events of their own. */
interface TaskEvents {
  readonly scheduled: string;
  readonly started: string;
  readonly submitted: string;
  readonly succeeded: string;
  readonly failed: string;
  readonly timedOut: string;
  /** What a cause calls the task. */
  readonly subject: string;
  scheduledDetails(waiting: TaskWait, executionArn: string): Details;
  details(more?: Details): Details | undefined;
}

const names = (family: string) => ({
  scheduled: `${family}Scheduled`,
  started: `${family}Started`,
  submitted: `${family}Submitted`,
  succeeded: `${family}Succeeded`,
  failed: `${family}Failed`,
  timedOut: `${family}TimedOut`,
});

const cache = new WeakMap<Resource, TaskEvents>();

export function eventsOf(resource: Resource): TaskEvents {
  const known = cache.get(resource);
  if (known) return known;
  const events = resource.kind === 'function' ? functionEvents(resource) : serviceEvents(resource);
  cache.set(resource, events);
  return events;
}

function limits({ timeoutSeconds, heartbeatSeconds }: TaskWait): Details {
  return {
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
  };
}

/** LambdaFunctionScheduled knows no heartbeat. */
function functionEvents({ arn }: Resource): TaskEvents {
  return {
    ...names('LambdaFunction'),
    subject: arn,
    scheduledDetails: ({ arguments: input, timeoutSeconds }) => ({
      resource: arn,
      input,
      ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    }),
    details: (more) => more,
  };
}

function serviceEvents(resource: Resource): TaskEvents {
  const common = { resourceType: resourceType(resource), resource: resourceName(resource) };
  return {
    ...names('Task'),
    subject: common.resourceType,
    scheduledDetails: (waiting, executionArn) => ({
      ...common,
      region: executionArn.split(':')[3],
      parameters: waiting.arguments,
      ...limits(waiting),
    }),
    details: (more) => ({ ...common, ...more }),
  };
}
