import { CreateScheduleGroupCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { schedulerRemovals } from '../../lib/adapters/scheduler/removals.ts';
import { describeRemovals } from '../contracts/removals.contract.ts';
import { uniqueName } from './account.ts';

const client = new SchedulerClient();

describeRemovals('EventBridge Scheduler', async () => {
  const DRILL_SCHEDULE_GROUP = uniqueName('drills');
  await client.send(new CreateScheduleGroupCommand({ Name: DRILL_SCHEDULE_GROUP }));
  return {
    port: schedulerRemovals.create({
      DRILL_SCHEDULE_GROUP,
      REMOVAL_FUNCTION_ARN: 'arn:aws:lambda:eu-west-1:123456789012:function:removal-due',
      REMOVAL_ROLE_ARN: 'arn:aws:iam::123456789012:role/removal-schedules',
      REMOVAL_DEAD_LETTERS_ARN: 'arn:aws:sqs:eu-west-1:123456789012:event-dead-letters',
    }),
  };
});
