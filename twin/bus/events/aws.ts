import type { Alarm } from '../../../lib/contracts/signals.ts';
import type { ExecutionStatusChange } from '../../engine/index.ts';
import type { NewEvent, Origin } from './event.ts';

/** Step Functions' word on a run. Source: Step Functions developer guide, "EventBridge event format". */
export const executionStatusChanged = (change: ExecutionStatusChange): NewEvent => ({
  source: 'aws.states',
  detailType: 'Step Functions Execution Status Change',
  resources: [change.executionArn],
  detail: change,
});

/** Of every alarm that the twin measures. */
const [period, stat] = [10, 'Average'];
const stateValues = { ok: 'OK', alarm: 'ALARM', 'insufficient-data': 'INSUFFICIENT_DATA' } as const;

/** Milliseconds and an offset, as CloudWatch writes instants inside its events. */
const timestamp = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

type Metric = Readonly<{ namespace: string; name: string; dimensions: Readonly<Record<string, string>> }>;
type AlarmChange = Pick<Alarm, 'name' | 'state'> & { previous: Alarm['state']; reason: string; metric?: Metric };

/** CloudWatch's word on an alarm. Source: CloudWatch user guide, "Alarm events and EventBridge". */
export const alarmStateChanged = (
  { name, state, previous, reason, metric }: AlarmChange,
  { region, accountId }: Origin,
  nowMs: number,
): NewEvent => ({
  source: 'aws.cloudwatch',
  detailType: 'CloudWatch Alarm State Change',
  resources: [`arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`],
  detail: {
    alarmName: name,
    state: { value: stateValues[state], reason, timestamp: timestamp(nowMs) },
    previousState: { value: stateValues[previous] },
    ...(metric && {
      configuration: { metrics: [{ id: 'm1', metricStat: { metric, period, stat }, returnData: true }] },
    }),
  },
});
