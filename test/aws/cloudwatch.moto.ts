import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { fromMs } from '../../lib/contracts/instant.ts';
import type { Slot } from '../../lib/contracts/names.ts';
import type { Alarm } from '../../lib/contracts/signals.ts';
import { describeAlarms, describeCounts } from '../contracts/signals.contract.ts';
import { uniqueName } from './account.ts';

const client = new CloudWatchClient();

const publish = async (service: string, slot: Slot, requests: number, failures: number): Promise<void> => {
  const common = {
    Dimensions: [
      { Name: 'Service', Value: service },
      { Name: 'Slot', Value: slot },
    ],
    StorageResolution: 1,
    Timestamp: new Date(),
  };
  const MetricData = [
    { MetricName: 'Requests', Value: requests, ...common },
    { MetricName: 'Failures', Value: failures, ...common },
  ];
  await client.send(new PutMetricDataCommand({ Namespace: 'Evenkeel/Traffic', MetricData }));
};

const states: Record<Alarm['state'], StateValue> = {
  ok: 'OK',
  alarm: 'ALARM',
  'insufficient-data': 'INSUFFICIENT_DATA',
};

const setAlarm = async ({ name, state, acts }: Alarm): Promise<void> => {
  await client.send(
    new PutMetricAlarmCommand({
      AlarmName: name,
      Namespace: 'Evenkeel/Traffic',
      MetricName: 'Failures',
      Statistic: 'Sum',
      Period: 10,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      ActionsEnabled: acts,
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms'],
    }),
  );
  await client.send(new SetAlarmStateCommand({ AlarmName: name, StateValue: states[state], StateReason: 'test' }));
};

/** The server knows no percentiles; latencies are tested in test/adapters. */
const make = async () => {
  const service = uniqueName('shop');
  return {
    port: cloudwatchSignals.create({}),
    service,
    now: () => fromMs(Date.now()),
    serve: (slot: Slot, requests: number, failures: number) => publish(service, slot, requests, failures),
    setAlarm,
  };
};

describeCounts('CloudWatch', make);
describeAlarms('CloudWatch', make);
