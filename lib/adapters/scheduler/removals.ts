import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-scheduler';
import * as v from 'valibot';
import type { DrillId } from '../../contracts/drill.ts';
import { RecordCorrupt } from '../../contracts/failures.ts';
import { fromMs, type Instant, toMs } from '../../contracts/instant.ts';
import type { Removals } from '../../ports/backups.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { calling } from '../aws/failures.ts';
import { schedulerClient } from './client.ts';

const arn = (service: string, what: string) =>
  v.pipe(setting, v.regex(new RegExp(`^arn:[\\w-]+:${service}:`), `expected the ARN of ${what}`));

/** Where the schedules are, what they call with `{ drill }`, as whom, and who keeps a call that nobody took. */
const removalSettings = {
  DRILL_SCHEDULE_GROUP: setting,
  REMOVAL_FUNCTION_ARN: arn('lambda', 'a function'),
  REMOVAL_ROLE_ARN: arn('iam', 'a role'),
  REMOVAL_DEAD_LETTERS_ARN: arn('sqs', 'a queue'),
};
type Settings = Record<keyof typeof removalSettings, string>;

const dependency = 'EventBridge Scheduler';

/** Deterministic: whoever disarms it needs nothing but the drill. Names may have 64 characters, and a drill has up to 50. */
const nameOf = (drill: DrillId): string => `drill-${drill}`;

/** Schedules know whole seconds; a fraction is rounded up, so that nothing is removed before its time. */
const expressionOf = (at: Instant): string => `at(${fromMs(Math.ceil(toMs(at) / 1000) * 1000).slice(0, 19)})`;
const momentIn = (expression = ''): Instant => {
  const [, local] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression) ?? [];
  if (local) return `${local}.000Z`;
  throw new RecordCorrupt(`schedule: expected at(yyyy-mm-ddThh:mm:ss), got ${expression}`, { expression });
};

const scheduleOf = (drill: DrillId, at: Instant, settings: Settings) => ({
  Name: nameOf(drill),
  GroupName: settings.DRILL_SCHEDULE_GROUP,
  ScheduleExpression: expressionOf(at),
  ScheduleExpressionTimezone: 'UTC',
  FlexibleTimeWindow: { Mode: 'OFF' as const },
  ActionAfterCompletion: 'DELETE' as const,
  Target: {
    Arn: settings.REMOVAL_FUNCTION_ARN,
    RoleArn: settings.REMOVAL_ROLE_ARN,
    Input: JSON.stringify({ drill }),
    RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
    DeadLetterConfig: { Arn: settings.REMOVAL_DEAD_LETTERS_ARN },
  },
});

const unless = async <T>(foreseen: new (...args: never[]) => Error, call: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await call();
  } catch (error) {
    if (error instanceof foreseen) return undefined;
    throw error;
  }
};

/** One schedule for each drill, which goes when it has fired. */
const removalsBy = (settings: Settings): Removals => {
  const client = schedulerClient();
  const place = (drill: DrillId) => ({ Name: nameOf(drill), GroupName: settings.DRILL_SCHEDULE_GROUP });
  return {
    async arm(drill, at) {
      const command = new CreateScheduleCommand(scheduleOf(drill, at, settings));
      await calling(dependency, () => unless(ConflictException, () => client.send(command)));
    },
    async disarm(drill) {
      const command = new DeleteScheduleCommand(place(drill));
      await calling(dependency, () => unless(ResourceNotFoundException, () => client.send(command)));
    },
    async armed(drill) {
      const command = new GetScheduleCommand(place(drill));
      const found = await calling(dependency, () => unless(ResourceNotFoundException, () => client.send(command)));
      return found && momentIn(found.ScheduleExpression);
    },
  };
};

export const schedulerRemovals = adapter(removalSettings, removalsBy);
