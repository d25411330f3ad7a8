import type { Catalog } from '../../contracts/catalog.ts';
import type { Incident } from '../../contracts/incident.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { ServiceName } from '../../contracts/names.ts';
import type { ServiceState, StatusPage } from '../../contracts/status-page.ts';
import { windowsAfter } from '../on-call/windows.ts';

/** `overAt`: when the alarm of an incident was seen to be over; left out while it is not, or nobody knows. */
export type Disturbance = { incident: Incident; overAt?: Instant | undefined };

/** How far ahead planned work is shown. */
const aheadDays = 14;

/**
 * What anybody may know. Rule: nothing internal; and a service is well only when that is known: one whose incidents could not be read is
 * `unknown`.
 */
export const statusOf = (
  { services, remediation }: Pick<Catalog, 'services' | 'remediation'>,
  known: readonly Disturbance[] | undefined,
  at: Instant,
): StatusPage => {
  const names = services.map(({ name }) => name);
  return {
    at,
    services: names.map((name) => ({ name, state: stateOf(name, known) })),
    disturbances: (known ?? []).flatMap((one) => shownOf(one, names)),
    maintenance: windowsAfter(remediation?.maintenance ?? [], at, aheadDays).map(({ from, to }) => ({ from, to })),
  };
};

const stateOf = (service: ServiceName, known: readonly Disturbance[] | undefined): ServiceState => {
  if (!known) return 'unknown';
  const going = known.filter((one) => one.incident.alarm.resource.service === service && endOf(one) === undefined);
  if (going.some(({ incident }) => incident.status === 'escalated')) return 'down';
  return going.length > 0 ? 'disturbed' : 'well';
};

/** What was seen to help is the end; that nothing may act, or that people have it, is none: users feel it until the alarm is over. */
const endOf = ({ incident: { status, endedAt }, overAt }: Disturbance): Instant | undefined =>
  status === 'resolved' ? endedAt : overAt;

const shownOf = (one: Disturbance, names: readonly ServiceName[]): StatusPage['disturbances'] => {
  const { service } = one.incident.alarm.resource;
  if (service === undefined || !names.includes(service)) return [];
  const to = endOf(one);
  return [{ service, from: one.incident.openedAt, ...(to === undefined ? {} : { to }) }];
};
