import type { Service } from '../../../lib/contracts/catalog.ts';
import type { Instant } from '../../../lib/contracts/instant.ts';
import type { Bucket } from '../../../lib/contracts/signals.ts';
import type { HealthSignals } from '../../../lib/ports/health-signals.ts';
import type { MeasuredAlarm } from './measured-alarm.ts';

/** With fewer requests in a period than this, one of them would be the whole verdict. */
const fewestRequests = 20;
/** A release that is watched comes back long before its service fails this share: the alarm is for what no release is to blame for. */
const mostFailedShare = 0.1;
const slowestP95Ms = 5000;

const requestsOf = (buckets: readonly Bucket[]): number => buckets.reduce((sum, { requests }) => sum + requests, 0);

/** Failed requests of both slots as a share of all. */
export const failedShare = (buckets: readonly Bucket[]): number | undefined => {
  const requests = requestsOf(buckets);
  const failures = buckets.reduce((sum, bucket) => sum + bucket.failures, 0);
  return requests < fewestRequests ? undefined : failures / requests;
};

/** Of the slower slot. */
export const worstP95Ms = (buckets: readonly Bucket[]): number | undefined => {
  const measured = buckets.filter(({ requests }) => requests >= fewestRequests);
  return measured.length === 0 ? undefined : Math.max(...measured.map(({ p95Ms = 0 }) => p95Ms));
};

const kinds = [
  { ending: 'error-ratio', metric: 'FailedShare', above: mostFailedShare, judge: failedShare },
  { ending: 'latency', metric: 'Latency', above: slowestP95Ms, judge: worstP95Ms },
] as const;

/** The alarms that a service's entry names, as terraform/modules/observability makes them, of what the router counted. */
export const trafficAlarms = (
  signals: Pick<HealthSignals, 'buckets'>,
  services: readonly Pick<Service, 'name' | 'alarms'>[],
): MeasuredAlarm[] =>
  services.flatMap(({ name: service, alarms }) =>
    kinds
      .map(({ ending, metric, above, judge }) => ({
        name: `${service}-${ending}`,
        metric: { namespace: 'Evenkeel/Traffic', name: metric, dimensions: { service } },
        above,
        measure: async (from: Instant, to: Instant) => judge(await signals.buckets(service, from, to)),
      }))
      .filter(({ name }) => alarms.includes(name)),
  );
