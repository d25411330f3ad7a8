import type { AlarmChange } from '../../contracts/alarm.ts';
import type { AlarmNotice, AlarmTransition } from '../../contracts/events.ts';
import type { Instant } from '../../contracts/instant.ts';
import { labelsOf, sayingOf } from './labels.ts';
import { type Known, resourceOf } from './resource-of.ts';

const states = { ALARM: 'firing', OK: 'over', INSUFFICIENT_DATA: 'unknown' } as const;

/** By EventBridge, or read of its history. `timestamp` is the moment of the change; the envelope's `time` the one at which it was told. */
export const fromCloudWatch = ({ time, detail }: AlarmTransition, known: Known): AlarmChange => {
  const at = detail.state.timestamp ?? time;
  const metric = metricOf(detail.configuration?.metrics ?? []);
  const labels = labelsOf({
    ...metric?.dimensions,
    namespace: metric?.namespace,
    metric: metric?.name,
    description: detail.configuration?.description,
  });
  return changeOf(
    { name: detail.alarmName, value: detail.state.value, reason: detail.state.reason, at, labels },
    known,
  );
};

/** By SNS. The same change by both ways is the same change: name, resource, state and moment are. */
export const fromAlarmNotice = (notice: AlarmNotice, known: Known): AlarmChange => {
  const at = notice.StateChangeTime;
  const { Dimensions = [], Namespace, MetricName } = notice.Trigger ?? {};
  const labels = labelsOf({
    ...Object.fromEntries(Dimensions.map(({ name, value }) => [name, value])),
    namespace: Namespace,
    metric: MetricName,
    description: notice.AlarmDescription,
  });
  return changeOf(
    { name: notice.AlarmName, value: notice.NewStateValue, reason: notice.NewStateReason, at, labels },
    known,
  );
};

type Read = { name: string; value: keyof typeof states; reason: string; at: Instant; labels: Record<string, string> };

const changeOf = ({ name, value, reason, at, labels }: Read, known: Known): AlarmChange => ({
  source: 'cloudwatch',
  name,
  resource: resourceOf(name, labels, known),
  state: states[value],
  at,
  labels,
  says: sayingOf(reason),
});

type Metric = { namespace: string; name: string; dimensions: Record<string, string> };

/** Of the first that is measured, and not computed from others. */
const metricOf = (metrics: readonly unknown[]): Metric | undefined =>
  metrics
    .map((one) => (one as { metricStat?: { metric: Metric } }).metricStat?.metric)
    .find((metric) => metric !== undefined);
