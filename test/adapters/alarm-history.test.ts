import {
  type AlarmHistoryItem,
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import * as v from 'valibot';
import { alarmHistory } from '../../lib/adapters/cloudwatch/alarm-history.ts';
import { AlarmChanged } from '../../lib/contracts/events.ts';
import { fromCloudWatch } from '../../lib/domain/remediation/from-cloudwatch.ts';
import { failure } from '../contracts/good.ts';

const cloudwatch = mockClient(CloudWatchClient);
const [from, to] = ['2026-05-01T00:00:00.000Z', '2026-05-31T00:00:00.000Z'];
const at = '2026-05-02T10:00:00.442Z';
const none = { services: [], databases: [] };

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
});
afterEach(() => {
  cloudwatch.reset();
});

/** As CloudWatch writes it, with what it adds to the new state. */
const item = (AlarmName: string, stateValue: string, Timestamp = new Date(at)): AlarmHistoryItem => ({
  AlarmName,
  Timestamp,
  HistoryItemType: 'StateUpdate',
  HistorySummary: `Alarm updated from OK to ${stateValue}`,
  HistoryData: JSON.stringify({
    version: '1.0',
    oldState: { stateValue: 'OK', stateReason: 'before' },
    newState: { stateValue, stateReason: 'Threshold Crossed', stateReasonData: { version: '1.0', threshold: 70 } },
  }),
});
const answers = (...pages: AlarmHistoryItem[][]) =>
  pages.forEach((AlarmHistoryItems, page) => {
    const next = page + 1 < pages.length ? { NextToken: `page-${page + 1}` } : {};
    cloudwatch
      .on(DescribeAlarmHistoryCommand, page === 0 ? {} : { NextToken: `page-${page}` })
      .resolves({ AlarmHistoryItems, ...next });
  });
const processor = {
  AlarmName: 'db-processor',
  AlarmDescription: 'busy',
  Namespace: 'AWS/RDS',
  MetricName: 'CPUUtilization',
  Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'shop-db' }],
};

test('all pages of the days are read, of all alarms, and only what changed their state', async () => {
  answers([item('a', 'ALARM')], [item('a', 'OK')], [item('b', 'INSUFFICIENT_DATA')]);
  cloudwatch.on(DescribeAlarmsCommand).resolves({});
  const states = (await alarmHistory(from, to)).map(({ detail }) => `${detail.alarmName} ${detail.state.value}`);
  expect(states).toEqual(['a ALARM', 'a OK', 'b INSUFFICIENT_DATA']);
  expect(cloudwatch.commandCalls(DescribeAlarmHistoryCommand)[0]?.args[0].input).toEqual({
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    HistoryItemType: 'StateUpdate',
    StartDate: new Date(from),
    EndDate: new Date(to),
    ScanBy: 'TimestampAscending',
    MaxRecords: 100,
  });
});

test('a change of the past is the same change as EventBridge told', async () => {
  answers([item('db-processor', 'ALARM')]);
  cloudwatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [processor] });
  const [past] = await alarmHistory(from, to);
  const metric = { namespace: 'AWS/RDS', name: 'CPUUtilization', dimensions: { DBInstanceIdentifier: 'shop-db' } };
  const event = v.parse(AlarmChanged, {
    id: '1',
    source: 'aws.cloudwatch',
    'detail-type': 'CloudWatch Alarm State Change',
    time: '2026-05-02T10:00:00Z',
    detail: {
      alarmName: 'db-processor',
      state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: '2026-05-02T10:00:00.442+0000' },
      configuration: {
        description: 'busy',
        metrics: [{ id: 'm', metricStat: { metric, period: 60, stat: 'Average' } }],
      },
    },
  });
  expect(past && fromCloudWatch(past, none)).toEqual(fromCloudWatch(event, none));
  expect(past && fromCloudWatch(past, none).resource).toEqual({ kind: 'database', id: 'shop-db' });
});

test('an alarm over several metrics is told by the first that is measured, and one that is gone by its name alone', async () => {
  answers([item('ratio', 'ALARM'), item('gone', 'ALARM')]);
  const { Namespace, MetricName, Dimensions } = processor;
  const Metrics = [
    { Id: 'ratio', Expression: 'm / 2' },
    { Id: 'm', MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 60, Stat: 'Sum' } },
  ];
  cloudwatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [{ AlarmName: 'ratio', Metrics }] });
  const changes = (await alarmHistory(from, to)).map((change) => fromCloudWatch(change, none));
  expect(changes.map(({ resource }) => resource)).toEqual([
    { kind: 'database', id: 'shop-db' },
    { kind: 'other', id: 'gone' },
  ]);
});

test('what cannot be read is told with its alarm', async () => {
  answers([{ ...item('a', 'ALARM'), HistoryData: '{"newState": {}}' }]);
  cloudwatch.on(DescribeAlarmsCommand).resolves({});
  await expect(alarmHistory(from, to)).rejects.toEqual(failure('RecordCorrupt'));
});

test('a refusal is named', async () => {
  cloudwatch.on(DescribeAlarmHistoryCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
  await expect(alarmHistory(from, to)).rejects.toEqual(failure('AccessDenied'));
});
