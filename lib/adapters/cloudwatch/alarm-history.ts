import { type AlarmHistoryItem, DescribeAlarmHistoryCommand, type Metric } from '@aws-sdk/client-cloudwatch';
import * as v from 'valibot';
import type { AlarmTransition } from '../../contracts/events.ts';
import { InputInvalid, RecordCorrupt } from '../../contracts/failures.ts';
import { fromMs, type Instant } from '../../contracts/instant.ts';
import { problemsOf } from '../../runtime/problems.ts';
import { calling } from '../aws/failures.ts';
import { type DescribedAlarm, describedAlarms } from './alarms.ts';
import { cloudWatchClient } from './client.ts';

/** DescribeAlarmHistory gives at most so many at once. */
const perPage = 100;
/** More than a person would look through; a flood must not fill the memory. */
const most = 200_000;

/**
 * Every change of every alarm of the region between the two moments, oldest first, as EventBridge would have told it: with what the alarm
 * measures now, for its history does not say what it measured then. Errors: `InputInvalid` for more than 200,000, `RecordCorrupt` for
 * one that cannot be read.
 */
export const alarmHistory = async (from: Instant, to: Instant): Promise<AlarmTransition[]> => {
  const items = await stateUpdates(from, to);
  const names = [...new Set(items.map(({ AlarmName = '' }) => AlarmName))];
  const described = new Map((await describedAlarms(names)).map((alarm) => [alarm.AlarmName, alarm]));
  return items.map((item) => transitionOf(item, described.get(item.AlarmName)));
};

const stateUpdates = async (from: Instant, to: Instant): Promise<AlarmHistoryItem[]> => {
  const range = { StartDate: new Date(from), EndDate: new Date(to), ScanBy: 'TimestampAscending' as const };
  const kinds = {
    AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const],
    HistoryItemType: 'StateUpdate' as const,
  };
  const found: AlarmHistoryItem[] = [];
  let next: { NextToken?: string } = {};
  do {
    const command = new DescribeAlarmHistoryCommand({ ...range, ...kinds, MaxRecords: perPage, ...next });
    const { AlarmHistoryItems = [], NextToken } = await calling('CloudWatch', () => cloudWatchClient().send(command));
    found.push(...AlarmHistoryItems);
    if (found.length > most) throw new InputInvalid(`history: more than ${most} changes of alarms; ask for fewer days`);
    next = NextToken ? { NextToken } : {};
  } while (next.NextToken);
  return found;
};

const StateUpdate = v.pipe(
  v.string(),
  v.parseJson(undefined, 'expected JSON'),
  v.object({
    newState: v.object({
      stateValue: v.picklist(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
      stateReason: v.optional(v.string(), ''),
    }),
  }),
);

const transitionOf = (
  { AlarmName = '', Timestamp, HistoryData }: AlarmHistoryItem,
  alarm?: DescribedAlarm,
): AlarmTransition => {
  const read = v.safeParse(StateUpdate, HistoryData);
  if (!read.success || !Timestamp) {
    const problems = read.issues ? problemsOf(read.issues) : ['Timestamp: required, got nothing'];
    throw new RecordCorrupt(`history of the alarm ${AlarmName}: ${problems.join('; ')}`, {
      alarm: AlarmName,
      problems,
    });
  }
  const { stateValue: value, stateReason: reason } = read.output.newState;
  const at = fromMs(Timestamp.getTime());
  const configuration = alarm && {
    ...(alarm.AlarmDescription !== undefined && { description: alarm.AlarmDescription }),
    metrics: metricsOf(alarm).map(measured),
  };
  return {
    time: at,
    detail: { alarmName: AlarmName, state: { value, reason, timestamp: at }, ...(configuration && { configuration }) },
  };
};

/** One metric is told beside the alarm, several are within. */
const metricsOf = ({ Metrics = [], Namespace, MetricName, Dimensions = [] }: DescribedAlarm): Metric[] =>
  MetricName !== undefined
    ? [{ Namespace, MetricName, Dimensions }]
    : Metrics.flatMap(({ MetricStat }) => (MetricStat?.Metric ? [MetricStat.Metric] : []));

const measured = ({ Namespace = '', MetricName = '', Dimensions = [] }: Metric) => ({
  metricStat: {
    metric: {
      namespace: Namespace,
      name: MetricName,
      dimensions: Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value])),
    },
  },
});
