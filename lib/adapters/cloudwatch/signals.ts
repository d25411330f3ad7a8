import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { fromMs, toMs } from '../../contracts/instant.ts';
import { type ServiceName, type Slot, slots } from '../../contracts/names.ts';
import { type Bucket, bucketSeconds } from '../../contracts/signals.ts';
import type { HealthSignals } from '../../ports/health-signals.ts';
import { adapter } from '../../runtime/adapter.ts';
import { describeAlarms } from './alarms.ts';
import { describeFiring } from './firing.ts';
import { readSeries, type Series } from './metric-data.ts';

export const namespace = 'Evenkeel/Traffic';
export const dimensionNames = ['Service', 'Slot'] as const;
const bucketMs = bucketSeconds * 1000;
const minuteMs = 60_000;
/** CloudWatch keeps points finer than a minute for three hours; older ones must be asked for by the minute. */
const fineMs = 3 * 60 * minuteMs - 5 * minuteMs;

type Statistic = { id: string; metric: string; stat: string };
export const statistics = {
  requests: { id: 'requests', metric: 'Requests', stat: 'Sum' },
  failures: { id: 'failures', metric: 'Failures', stat: 'Sum' },
  p95Ms: { id: 'p95Ms', metric: 'Latency', stat: 'p95' },
  p99Ms: { id: 'p99Ms', metric: 'Latency', stat: 'p99' },
} as const satisfies Record<string, Statistic>;

const idOf = (slot: Slot, { id }: Statistic): string => `${slot}_${id}`;

const queryOf = (service: ServiceName, slot: Slot, statistic: Statistic, Period: number): MetricDataQuery => {
  const Dimensions = [service, slot].map((Value, index) => ({ Name: dimensionNames[index], Value }));
  const Metric = { Namespace: namespace, MetricName: statistic.metric, Dimensions };
  return { Id: idOf(slot, statistic), MetricStat: { Metric, Period, Stat: statistic.stat } };
};

const queriesOf = (service: ServiceName, periodSeconds: number): MetricDataQuery[] =>
  slots.flatMap((slot) =>
    Object.values(statistics).map((statistic) => queryOf(service, slot, statistic, periodSeconds)),
  );

/** What one slot counted from one moment on; a moment without points is a zero, because the series was complete. */
const bucketAt = (series: Series, slot: Slot, startMs: number, pointMs: number | undefined): Bucket => {
  const value = (statistic: Statistic) =>
    pointMs === undefined ? undefined : series.get(idOf(slot, statistic))?.get(pointMs);
  const p95Ms = value(statistics.p95Ms);
  const p99Ms = value(statistics.p99Ms);
  return {
    start: fromMs(startMs),
    slot,
    requests: value(statistics.requests) ?? 0,
    failures: value(statistics.failures) ?? 0,
    ...(p95Ms !== undefined && { p95Ms }),
    ...(p99Ms !== undefined && { p99Ms }),
  };
};

/**
 * Buckets of [firstMs, endMs), from points of `periodMs`. A coarser point stands in the first of its buckets, the
 * others are zeros: sums over the range stay right.
 */
const bucketsOf = async (service: ServiceName, firstMs: number, endMs: number, periodMs: number): Promise<Bucket[]> => {
  if (firstMs >= endMs) return [];
  const floor = (ms: number) => ms - (ms % periodMs);
  const series = await readSeries(queriesOf(service, periodMs / 1000), floor(firstMs), endMs);
  const buckets: Bucket[] = [];
  for (let startMs = firstMs; startMs < endMs; startMs += bucketMs) {
    const pointMs = startMs === firstMs || startMs % periodMs === 0 ? floor(startMs) : undefined;
    for (const slot of slots) buckets.push(bucketAt(series, slot, startMs, pointMs));
  }
  return buckets;
};

const signalsAt = (nowMs: () => number): HealthSignals => ({
  async buckets(service, from, to) {
    const firstMs = Math.ceil(toMs(from) / bucketMs) * bucketMs;
    const fineFromMs = Math.floor((nowMs() - fineMs) / minuteMs) * minuteMs;
    const [old, fine] = await Promise.all([
      bucketsOf(service, firstMs, Math.min(toMs(to), fineFromMs), minuteMs),
      bucketsOf(service, Math.max(firstMs, fineFromMs), toMs(to), bucketMs),
    ]);
    return [...old, ...fine];
  },
  alarms: describeAlarms,
  firing: describeFiring,
});

export const cloudwatchSignals = adapter({}, () => signalsAt(Date.now));
