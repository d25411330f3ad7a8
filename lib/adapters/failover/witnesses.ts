import { GetHealthCheckStatusCommand, type HealthCheckObservation } from '@aws-sdk/client-route-53';
import type { Witness } from '../../contracts/failover.ts';
import { ConfigInvalid } from '../../contracts/failures.ts';
import { fromMs } from '../../contracts/instant.ts';
import { judgeAddresses, judgeCheckers, judgeHeartbeat, type Saw } from '../../domain/failover/judge-witness.ts';
import type { Witnesses } from '../../ports/failover.ts';
import { adapter } from '../../runtime/adapter.ts';
import { calling } from '../aws/failures.ts';
import { readSeries } from '../cloudwatch/metric-data.ts';
import { dependency, route53Client } from './client.ts';
import { reach } from './reach.ts';
import { type DatabaseWitnesses, failoverSetting } from './settings.ts';

const minuteMs = 60_000;
/** How far back a sign of life is looked for. */
const lookBackMs = 3 * 60 * minuteMs;

type Ask = (of: DatabaseWitnesses, nowMs: number) => Promise<Saw>;

/** The checkers of Route 53 ask from several continents, and need nothing of either region. */
const askCheckers: Ask = async ({ healthCheck }) => {
  const command = new GetHealthCheckStatusCommand({ HealthCheckId: healthCheck });
  const { HealthCheckObservations: seen = [] } = await calling(dependency, () => route53Client().send(command));
  return judgeCheckers(seen.map(readObservation));
};

const readObservation = ({ StatusReport }: HealthCheckObservation) => ({
  status: StatusReport?.Status ?? '',
  ...(StatusReport?.CheckedTime && { at: StatusReport.CheckedTime.toISOString() }),
});

/** What the primary region's load balancer says of itself arrives in this region's metrics as long as that region lives. */
const askHeartbeat: Ask = async ({ metric }, nowMs) => {
  const Dimensions = Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: metric.namespace, MetricName: metric.name, Dimensions };
  const query = { Id: 'healthy', MetricStat: { Metric, Period: 60, Stat: 'Maximum' } };
  const series = await readSeries([query], nowMs - lookBackMs, nowMs);
  const points = [...(series.get('healthy') ?? [])].map(([atMs, value]) => ({ at: fromMs(atMs), value }));
  return judgeHeartbeat(points, fromMs(nowMs));
};

const askAddresses: Ask = async ({ addresses }) =>
  judgeAddresses(
    await Promise.all(
      addresses.map(async (address) => ({ to: `${address.host}:${address.port}`, how: await reach(address) })),
    ),
  );

const all: Readonly<Record<string, Ask>> = {
  'health-check': askCheckers,
  'load-balancer': askHeartbeat,
  addresses: askAddresses,
};

/** A witness that cannot be asked says nothing, and nothing is never "lost". */
const heard = async (name: string, ask: Ask, of: DatabaseWitnesses, nowMs: number): Promise<Witness> => {
  const saw = await ask(of, nowMs).catch((error: unknown) => ({
    saw: 'unknown' as const,
    reason: error instanceof Error ? error.message : String(error),
  }));
  return { name, ...saw };
};

const witnessesOf = (settings: Record<string, DatabaseWitnesses>, now: () => number): Witnesses => ({
  async ask(database) {
    const of = settings[database];
    const known = Object.keys(settings).join(', ') || 'none';
    if (!of) throw new ConfigInvalid(`FAILOVER: no witnesses for "${database}"; known: ${known}`, { database });
    return Promise.all(Object.entries(all).map(([name, ask]) => heard(name, ask, of, now())));
  },
});

export const regionWitnesses = adapter(failoverSetting, ({ FAILOVER }) => witnessesOf(FAILOVER.witnesses, Date.now));
