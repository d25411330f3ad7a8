import { findService } from '../../lib/catalog/find-service.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import { InputInvalid } from '../../lib/contracts/failures.ts';
import type { Decision } from '../../lib/contracts/incident.ts';
import { type Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import type { Playbook } from '../../lib/contracts/playbook.ts';
import type { Bucket } from '../../lib/contracts/signals.ts';
import { type Advice, adviceOf } from '../../lib/domain/forecast/advice.ts';
import { type Forecast, forecastOf, leastSeasons, type Series } from '../../lib/domain/forecast/forecast.ts';
import { seriesOf } from '../../lib/domain/forecast/series-of.ts';
import { decide } from '../../lib/domain/remediation/decide.ts';
import type { Needs } from '../../lib/ports/index.ts';

/** How time is cut, and what a pod can do where that is known. */
export type ForecastWish = { service: string; slotSeconds: number; season: number; requestsPerPod?: number };
type Counts = Pick<Bucket, 'start' | 'requests'>[];
/** `holder`: of the service's lease; null when nobody has it, undefined when nobody knows. */
export type Known = { catalog: Catalog; counts: Counts; from: Instant; to: Instant; holder: string | null | undefined };
/** `decision`: what guards would say of the advice. */
export type ServiceForecast = Forecast & { series: Series; advice: (Advice & { decision: Decision }) | null };

const mostSeasons = 8;

/** What the router or CloudWatch counted of the last seasons, one season at a time, for they are many. */
export const countsOf = async (
  { signals }: Needs<'signals'>,
  { service, slotSeconds, season }: ForecastWish,
  now: Instant,
): Promise<Pick<Known, 'counts' | 'from' | 'to'>> => {
  const seconds = slotSeconds * season;
  const to = slotStart(now, slotSeconds);
  const counts: Counts = [];
  for (let back = mostSeasons; back > 0; back -= 1) {
    const [begin, end] = [plusSeconds(to, -back * seconds), plusSeconds(to, -(back - 1) * seconds)];
    for (const { start, requests } of await signals.buckets(service, begin, end))
      if (requests > 0) counts.push({ start, requests });
  }
  return { counts, from: plusSeconds(to, -mostSeasons * seconds), to };
};

/** The beginning of the slot that holds this moment. */
export const slotStart = (at: Instant, slotSeconds: number): Instant =>
  plusSeconds('1970-01-01T00:00:00.000Z', Math.floor(Date.parse(at) / 1000 / slotSeconds) * slotSeconds);

/** Errors: `ServiceUnknown`; `InputInvalid` when there is too little to measure an error by. */
export const forecastService = (wish: ForecastWish, known: Known): ServiceForecast => {
  const { service, slotSeconds, season, requestsPerPod } = wish;
  const { floor } = findService(known.catalog, service);
  const series = seriesOf(known.counts, { ...known, slotSeconds, season });
  const forecast = forecastOf(series);
  if (!forecast) throw tooLittle(series);
  const advice = requestsPerPod && adviceOf(service, forecast.expected, { slotSeconds, requestsPerPod, floor });
  return { ...forecast, series, advice: advice ? { ...advice, decision: decisionOf(wish, advice, known) } : null };
};

const tooLittle = ({ counts, season }: Series): InputInvalid => {
  const least = leastSeasons * season + 1;
  return new InputInvalid(
    `history: expected at least ${least} whole slots (${leastSeasons} seasons of ${season}, and one more), got ${counts.length}; ask again later, or for shorter slots`,
    { least, got: counts.length },
  );
};

/** The same guards as for a rung that asks. What is not known here (the attempts, the breaker) asks too, so advice never acts. */
const decisionOf = ({ service }: ForecastWish, { to }: Advice, { catalog, to: now, holder }: Known): Decision => {
  const section = catalog.remediation;
  const act = { kind: 'raise-floor', service, to } as const;
  const playbook = section?.playbooks.find(({ rungs }) => rungs.some((rung) => rung.act.kind === act.kind));
  const [maintenance, ownedByTerraform] = [section?.maintenance, section?.ownedByTerraform];
  return decide({
    ...{ now, incident: `forecast-${service}`, openedAt: now, act, resource: `service/${service}` },
    playbook: playbook ?? nobodys,
    policy: playbook && section?.guards[playbook.guards],
    ...{ freezes: catalog.freezes, maintenance, ownedByTerraform, holder },
    ...{ breaker: undefined, attempts: undefined, changes: undefined },
  });
};

/** Where no playbook raises floors: no guards are known for it, so they ask. */
const nobodys: Playbook = {
  name: 'forecast',
  match: { field: 'name', equals: 'forecast' },
  rungs: [],
  success: { kind: 'alarm-over' },
  guards: '',
  mode: 'ask',
  approvalSeconds: 1800,
  escalation: '',
};
