import {
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type Dimension,
  type Metric,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { fromMs } from '../../contracts/instant.ts';
import type { FiringAlarm } from '../../contracts/signals.ts';
import { calling } from '../aws/failures.ts';
import { cloudWatchClient } from './client.ts';

const perCall = 100;
const most = 500;

/** Every alarm of the account that fires, whoever made it. */
export const describeFiring = async (): Promise<FiringAlarm[]> => {
  const found: FiringAlarm[] = [];
  let next: { NextToken?: string } = {};
  do {
    const command = new DescribeAlarmsCommand({
      StateValue: 'ALARM',
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      MaxRecords: perCall,
      ...next,
    });
    const {
      MetricAlarms = [],
      CompositeAlarms = [],
      NextToken,
    } = await calling('CloudWatch', () => cloudWatchClient().send(command));
    found.push(...[...MetricAlarms, ...CompositeAlarms].map(readFiring));
    next = NextToken ? { NextToken } : {};
  } while (next.NextToken);
  return found.sort((a, b) => (a.since < b.since ? -1 : 1)).slice(0, most);
};

type Described = MetricAlarm & CompositeAlarm;

/** `StateTransitionedTimestamp` is the moment of the change; the other moves with each evaluation. */
const readFiring = (alarm: Described): FiringAlarm => ({
  name: alarm.AlarmName ?? '',
  since: fromMs((alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp ?? new Date(0)).getTime()),
  says: alarm.StateReason ?? '',
  labels: labelsOf(alarm),
});

/** What it measures, in the names that the event of it has. */
const labelsOf = (alarm: Described): Record<string, string> => {
  const measured: Metric = alarm.Metrics?.find(({ MetricStat }) => MetricStat)?.MetricStat?.Metric ?? alarm;
  const dimensions = (measured.Dimensions ?? []).map(({ Name = '', Value = '' }: Dimension) => [Name, Value]);
  return {
    ...Object.fromEntries(dimensions),
    ...(measured.Namespace && { namespace: measured.Namespace }),
    ...(measured.MetricName && { metric: measured.MetricName }),
    ...(alarm.AlarmDescription && { description: alarm.AlarmDescription }),
  };
};
