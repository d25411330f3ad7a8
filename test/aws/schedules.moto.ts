import { DescribeRuleCommand, EventBridgeClient, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { ruleSchedules } from '../../lib/adapters/edge/schedules.ts';
import { describeSchedules } from '../contracts/edge.contract.ts';
import { uniqueName } from './account.ts';

/* Purges are not here: moto makes a second invalidation of one reference (test/adapters/edge.test.ts). */

const client = new EventBridgeClient();

describeSchedules('EventBridge', async () => {
  const schedule = uniqueName('nightly');
  await client.send(new PutRuleCommand({ Name: schedule, ScheduleExpression: 'rate(15 minutes)' }));
  return {
    port: ruleSchedules.create({}),
    schedule,
    isPaused: async () => (await client.send(new DescribeRuleCommand({ Name: schedule }))).State === 'DISABLED',
  };
});
