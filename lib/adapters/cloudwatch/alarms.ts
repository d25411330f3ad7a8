import { DescribeAlarmsCommand, type StateValue } from '@aws-sdk/client-cloudwatch';
import type { Alarm } from '../../contracts/signals.ts';
import { calling } from '../aws/failures.ts';
import { cloudWatchClient } from './client.ts';

/** DescribeAlarms takes at most this many names, and answers as many. */
const namesPerCall = 100;

type Described = {
  AlarmName?: string | undefined;
  StateValue?: StateValue | undefined;
  ActionsEnabled?: boolean | undefined;
  AlarmActions?: string[] | undefined;
};

export const describeAlarms = async (names: readonly string[]): Promise<Alarm[]> => {
  const found = new Map<string, Alarm>();
  for (let from = 0; from < names.length; from += namesPerCall) {
    for (const described of await page(names.slice(from, from + namesPerCall))) {
      const alarm = readAlarm(described);
      found.set(alarm.name, alarm);
    }
  }
  return names.map((name) => found.get(name) ?? { name, state: 'insufficient-data', acts: false });
};

const page = async (AlarmNames: string[]): Promise<Described[]> => {
  const input = {
    AlarmNames,
    AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const],
    MaxRecords: namesPerCall,
  };
  const found: Described[] = [];
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

const readAlarm = ({ AlarmName, StateValue, ActionsEnabled, AlarmActions }: Described): Alarm => ({
  name: AlarmName ?? '',
  state: StateValue ? states[StateValue] : 'insufficient-data',
  acts: ActionsEnabled === true && (AlarmActions ?? []).length > 0,
});
