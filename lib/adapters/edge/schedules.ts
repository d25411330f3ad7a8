import {
  DescribeRuleCommand,
  type DescribeRuleCommandOutput,
  DisableRuleCommand,
  EventBridgeClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import { ActionImpossible } from '../../contracts/failures.ts';
import type { Schedules } from '../../ports/edge.ts';
import { adapter } from '../../runtime/adapter.ts';
import { clientDefaults } from '../aws/client-defaults.ts';
import { calling } from '../aws/failures.ts';
import { once } from '../once.ts';

const client = once(() => new EventBridgeClient(clientDefaults));
const dependency = 'EventBridge';

const ruleNamed = (Name: string): Promise<DescribeRuleCommandOutput> =>
  calling(dependency, async () => {
    try {
      return await client().send(new DescribeRuleCommand({ Name }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      throw new ActionImpossible(`schedule ${Name}: does not exist`, { schedule: Name }, { cause: error });
    }
  });

/**
 * The stack's schedules are rules of EventBridge with a rate or a cron line. Rule: one that listens to events is no schedule: who pauses
 * it makes the control plane deaf.
 */
export const ruleSchedules = adapter(
  {},
  (): Schedules => ({
    async pause(schedule) {
      const { ScheduleExpression, State } = await ruleNamed(schedule);
      if (!ScheduleExpression)
        throw new ActionImpossible(`schedule ${schedule}: is a rule that listens to events`, { schedule });
      if (State === 'DISABLED') return;
      await calling(dependency, () => client().send(new DisableRuleCommand({ Name: schedule })));
    },
  }),
);
