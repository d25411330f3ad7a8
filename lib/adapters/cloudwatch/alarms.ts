import {
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type MetricAlarm,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import type { Alarm } from '../../contracts/signals.ts';
import { calling } from '../aws/failures.ts';
import { cloudWatchClient } from './client.ts';

/** DescribeAlarms takes at most this many names, and answers as many. */
const namesPerCall = 100;

/** A composite alarm measures nothing itself. */
export type DescribedAlarm = CompositeAlarm & Pick<MetricAlarm, 'Namespace' | 'MetricName' | 'Dimensions' | 'Metrics'>;

export const describeAlarms = async (names: readonly string[]): Promise<Alarm[]> => {
  const found = new Map((await describedAlarms(names)).map(readAlarm).map((alarm) => [alarm.name, alarm]));
  return names.map((name) => found.get(name) ?? { name, state: 'insufficient-data', acts: false });
};

/** As CloudWatch has them now; one that is gone is left out. */
export const describedAlarms = async (names: readonly string[]): Promise<DescribedAlarm[]> => {
  const found: DescribedAlarm[] = [];
  for (let from = 0; from < names.length; from += namesPerCall)
    found.push(...(await page(names.slice(from, from + namesPerCall))));
  return found;
};

const page = async (AlarmNames: string[]): Promise<DescribedAlarm[]> => {
  const input = {
    AlarmNames,
    AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const],
    MaxRecords: namesPerCall,
  };
  const found: DescribedAlarm[] = [];
  let next: { NextToken?: string } = {};
  do {
    const command = new DescribeAlarmsCommand({ ...input, ...next });
    const {
      MetricAlarms = [],
      CompositeAlarms = [],
      NextToken,
    } = await calling('CloudWatch', () => cloudWatchClient().send(command));
    found.push(...MetricAlarms, ...CompositeAlarms);
    next = NextToken ? { NextToken } : {};
  } while (next.NextToken);
  return found;
};

const states: Readonly<Record<StateValue, Alarm['state']>> = {
  OK: 'ok',
  ALARM: 'alarm',
  INSUFFICIENT_DATA: 'insufficient-data',
};

const readAlarm = ({ AlarmName, StateValue, ActionsEnabled, AlarmActions }: DescribedAlarm): Alarm => ({
  name: AlarmName ?? '',
  state: StateValue ? states[StateValue] : 'insufficient-data',
  acts: ActionsEnabled === true && (AlarmActions ?? []).length > 0,
});
