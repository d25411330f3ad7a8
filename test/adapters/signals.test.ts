import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricAlarm,
  type MetricDataQuery,
  type StatusCode,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { fromMs, plusSeconds, toMs } from '../../lib/contracts/instant.ts';
import type { Slot } from '../../lib/contracts/names.ts';
import { type Alarm, bucketStart } from '../../lib/contracts/signals.ts';
import { failure } from '../contracts/good.ts';
import { describeSignals } from '../contracts/signals.contract.ts';

/* A CloudWatch in memory: samples, percentiles by rank, pages, and finer points that are gone after three hours. */

type Sample = { metric: string; service: string; slot: string; atMs: number; value: number };
const fineMs = 3 * 3_600_000;

const cloudwatch = mockClient(CloudWatchClient);
let samples: Sample[];
let alarms: MetricAlarm[];

const statistic = (stat: string, values: number[]): number => {
  if (stat === 'Sum') return values.reduce((sum, value) => sum + value, 0);
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil((Number(stat.slice(1)) / 100) * sorted.length);
  return sorted[rank - 1] ?? Number.NaN;
};

const pointsOf = ({ Id, MetricStat }: MetricDataQuery, fromMs: number, toMs: number) => {
  const [service, slot] = MetricStat?.Metric?.Dimensions?.map(({ Value }) => Value) ?? [];
  const periodMs = (MetricStat?.Period ?? 0) * 1000;
  const goneBeforeMs = periodMs < 60_000 ? Date.now() - fineMs : 0;
  const byPeriod = new Map<number, number[]>();
  for (const { metric, service: of, slot: by, atMs, value } of samples) {
    if (metric !== MetricStat?.Metric?.MetricName || of !== service || by !== slot) continue;
    if (atMs < fromMs || atMs >= toMs || atMs < goneBeforeMs) continue;
    const start = atMs - (atMs % periodMs);
    byPeriod.set(start, [...(byPeriod.get(start) ?? []), value]);
  }
  const points = [...byPeriod].map(([start, values]) => ({ start, value: statistic(MetricStat?.Stat ?? '', values) }));
  return { Id, points };
};

const metricData = ({ MetricDataQueries = [], StartTime, EndTime, NextToken }: GetMetricDataCommandInput) => {
  const page = Number(NextToken ?? 0);
  const all = MetricDataQueries.map((query) => pointsOf(query, Number(StartTime), Number(EndTime)));
  const more = all.some(({ points }) => points.length > page + 1);
  return {
    MetricDataResults: all.map(({ Id, points }) => ({
      Id,
      Timestamps: points.slice(page, page + 1).map(({ start }) => new Date(start)),
      Values: points.slice(page, page + 1).map(({ value }) => value),
      StatusCode: (more ? 'PartialData' : 'Complete') as StatusCode,
    })),
    ...(more && { NextToken: String(page + 1) }),
  };
};

const describeAlarmsIn = ({ AlarmNames, StateValue, NextToken }: DescribeAlarmsCommandInput) => {
  const found = alarms
    .filter(({ AlarmName = '' }) => AlarmNames?.includes(AlarmName) ?? true)
    .filter((alarm) => StateValue === undefined || alarm.StateValue === StateValue);
  const page = Number(NextToken ?? 0);
  return { MetricAlarms: found.slice(page, page + 1), ...(page + 1 < found.length && { NextToken: String(page + 1) }) };
};

const states = { ok: 'OK', alarm: 'ALARM', 'insufficient-data': 'INSUFFICIENT_DATA' } as const;
const setAlarm = async ({ name, state, acts }: Alarm) => {
  const AlarmActions = acts ? ['arn:aws:sns:eu-west-1:123456789012:alarms'] : [];
  alarms.push({
    AlarmName: name,
    StateValue: states[state],
    ActionsEnabled: true,
    AlarmActions,
    StateTransitionedTimestamp: new Date(),
  });
};

const sample = (metric: string, slot: Slot, atMs: number, value: number) =>
  samples.push({ metric, service: 'shop', slot, atMs, value });

const serve = async (slot: Slot, requests: number, failures: number) => {
  sample('Requests', slot, Date.now(), requests);
  sample('Failures', slot, Date.now(), failures);
  for (let index = 1; index <= requests; index += 1) sample('Latency', slot, Date.now(), index * 10);
};

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
  samples = [];
  alarms = [];
  cloudwatch.on(GetMetricDataCommand).callsFake(metricData);
  cloudwatch.on(DescribeAlarmsCommand).callsFake(describeAlarmsIn);
});
afterEach(() => {
  cloudwatch.reset();
});

const port = cloudwatchSignals.create({});
const now = () => fromMs(Date.now());

describeSignals('CloudWatch', async () => ({ port, service: 'shop', now, serve, setAlarm }));

describe('buckets', () => {
  const minuteAgo = () => plusSeconds(bucketStart(now()), -60);

  test('come from sums of ten seconds by service and slot', async () => {
    await port.buckets('shop', minuteAgo(), now());
    const { MetricDataQueries = [] } = cloudwatch.commandCalls(GetMetricDataCommand)[0]?.args[0].input ?? {};
    expect(MetricDataQueries).toContainEqual({
      Id: 'green_failures',
      MetricStat: {
        Metric: {
          Namespace: 'Evenkeel/Traffic',
          MetricName: 'Failures',
          Dimensions: [
            { Name: 'Service', Value: 'shop' },
            { Name: 'Slot', Value: 'green' },
          ],
        },
        Period: 10,
        Stat: 'Sum',
      },
    });
    expect(MetricDataQueries).toHaveLength(8);
  });

  test('come from all pages', async () => {
    const from = minuteAgo();
    for (const seconds of [0, 10, 20, 30]) sample('Requests', 'blue', toMs(plusSeconds(from, seconds)), 5);
    const blue = (await port.buckets('shop', from, plusSeconds(from, 40))).filter(({ slot }) => slot === 'blue');
    expect(blue.map(({ requests }) => requests)).toEqual([5, 5, 5, 5]);
  });

  test('state the latencies of their own ten seconds', async () => {
    const from = minuteAgo();
    for (let ms = 1; ms <= 100; ms += 1) sample('Latency', 'green', toMs(from), ms);
    const [, green] = await port.buckets('shop', from, plusSeconds(from, 10));
    expect(green).toMatchObject({ slot: 'green', p95Ms: 95, p99Ms: 99 });
  });

  test.each([
    ['InternalError', 'DependencyUnavailable'],
    ['PartialData', 'DependencyUnavailable'],
    ['Forbidden', 'AccessDenied'],
  ] as const)('of a series that ended as %s are %s, never zeros', async (StatusCode, name) => {
    cloudwatch.on(GetMetricDataCommand).callsFake((input: GetMetricDataCommandInput) => {
      const whole = metricData(input);
      const [first, ...others] = whole.MetricDataResults;
      return { MetricDataResults: [{ ...first, StatusCode }, ...others] };
    });
    await expect(port.buckets('shop', minuteAgo(), now())).rejects.toEqual(failure(name));
  });

  test('of a series without an answer are unavailable, never zeros', async () => {
    cloudwatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [] });
    await expect(port.buckets('shop', minuteAgo(), now())).rejects.toEqual(failure('DependencyUnavailable'));
  });

  test('that are older than CloudWatch keeps ten seconds for still count every request', async () => {
    const from = bucketStart(fromMs(Date.now() - 4 * 3_600_000));
    for (let seconds = 0; seconds < 4 * 3600; seconds += 10) {
      sample('Requests', 'green', toMs(plusSeconds(from, seconds)), 2);
    }
    const buckets = await port.buckets('shop', from, plusSeconds(from, 4 * 3600));
    expect(buckets).toHaveLength(2 * 6 * 60 * 4);
    expect(buckets.reduce((sum, { requests }) => sum + requests, 0)).toBe(2 * 6 * 60 * 4);
    expect(new Set(buckets.map(({ start, slot }) => start + slot)).size).toBe(buckets.length);
  });
});

describe('alarms', () => {
  test('whose actions are switched off do not act', async () => {
    const AlarmActions = ['arn:aws:sns:eu-west-1:123456789012:alarms'];
    alarms.push({ AlarmName: 'muted', StateValue: 'OK', ActionsEnabled: false, AlarmActions });
    expect(await port.alarms(['muted'])).toEqual([{ name: 'muted', state: 'ok', acts: false }]);
  });

  test('may be composite', async () => {
    const AlarmActions = ['arn:aws:sns:eu-west-1:123456789012:alarms'];
    const CompositeAlarms = [{ AlarmName: 'any', StateValue: 'ALARM' as const, ActionsEnabled: true, AlarmActions }];
    cloudwatch.on(DescribeAlarmsCommand).resolves({ CompositeAlarms });
    expect(await port.alarms(['any'])).toEqual([{ name: 'any', state: 'alarm', acts: true }]);
    expect(cloudwatch.commandCalls(DescribeAlarmsCommand)[0]?.args[0].input).toMatchObject({
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    });
  });

  test('are asked for a hundred at a time, as CloudWatch allows', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `alarm-${index}`);
    expect(await port.alarms(names)).toHaveLength(150);
    const asked = cloudwatch
      .commandCalls(DescribeAlarmsCommand)
      .map(({ args: [{ input }] }) => input.AlarmNames?.length);
    expect(asked).toEqual([100, 50]);
  });

  test('that cannot be read are no alarms at all', async () => {
    cloudwatch.on(DescribeAlarmsCommand).rejects(Object.assign(new Error('slow'), { name: 'ThrottlingException' }));
    await expect(port.alarms(['shop-errors'])).rejects.toEqual(failure('DependencyThrottled'));
  });
});
