import { resourceKeyOf } from '../contracts/alarm.ts';
import type { Incident } from '../contracts/incident.ts';
import type { RemedyEnd, RemedyWish } from '../contracts/remedy.ts';
import { chainOf } from '../domain/remediation/chain-of.ts';
import { endedFact, endMessage } from '../domain/remediation/end.ts';
import { leaseNameOf } from '../domain/remediation/lease-name-of.ts';
import { rungOf } from '../domain/remediation/rung-of.ts';
import type { Needs } from '../ports/index.ts';
import type { Call } from './call.ts';
import { record } from './record.ts';

export type CloseNeeds = Needs<'catalogs' | 'incidents' | 'leases' | 'ledger' | 'outbox' | 'clock'>;
type Closing = { incident: string; wish: RemedyWish; end: RemedyEnd };

/**
 * The end of an incident, whoever comes to it: the lease, the breaker, people, the ledger, and at last its record. Safe to repeat from
 * anywhere: one that has an end on record keeps it, and what people are told has an id of its own.
 */
export const closeIncident = async (ports: CloseNeeds, closing: Closing, call: Call): Promise<Incident> => {
  const { incident: id, wish, end } = closing;
  const incident = await openOne(ports, closing, call);
  await giveLeasesBack(ports, id, wish);
  if (incident.endedAt !== undefined) return incident;
  const endedAt = ports.clock.now();
  await tell(ports, incident, end);
  await record(ports, call, { service: chainOf(wish.change), ...endedFact(incident, end) });
  await ports.incidents.change(id, { status: end.status, reason: end.reason, endedAt });
  return { ...incident, status: end.status, reason: end.reason, endedAt };
};

/** A run that was cut off before its first step has left nothing to end. */
const openOne = ({ incidents, clock }: CloseNeeds, { incident, wish }: Closing, { run }: Call): Promise<Incident> =>
  incidents.open({
    id: incident,
    playbook: wish.playbook.name,
    alarm: wish.change,
    resource: resourceKeyOf(wish.change.resource),
    run,
    openedAt: clock.now(),
    status: 'open',
  });

/** Each rung may have held another. */
const giveLeasesBack = async ({ catalogs, leases }: CloseNeeds, id: string, wish: RemedyWish): Promise<void> => {
  const catalog = await catalogs.current();
  const names = wish.playbook.rungs.map((_, at) => {
    const { act, resource } = rungOf(wish, at);
    return leaseNameOf(resourceKeyOf(resource), act, catalog);
  });
  for (const name of new Set(names)) {
    const lease = await leases.current(name);
    if (lease?.holder === id) await leases.release(lease);
  }
};

const tell = async ({ incidents, outbox, clock }: CloseNeeds, incident: Incident, end: RemedyEnd): Promise<void> => {
  const { resource } = incident;
  const now = clock.now();
  if (end.breaker === 'opens') await incidents.openBreaker({ resource, openedAt: now, reason: end.reason });
  const breaker = end.breaker === 'opens' ? await incidents.breaker(resource) : undefined;
  const message = endMessage(incident, end, breaker, now);
  if (message) await outbox.enqueue(message);
};
