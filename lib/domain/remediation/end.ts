import type { Breaker, Incident } from '../../contracts/incident.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { LedgerFact } from '../../contracts/ledger.ts';
import type { Message } from '../../contracts/message.ts';
import type { RemedyEnd } from '../../contracts/remedy.ts';
import { chainOf } from './chain-of.ts';

/** The one line of the ledger that ends an incident, whoever ends it. */
export const endedFact = (
  { id, playbook, resource, alarm }: Incident,
  { status, reason }: RemedyEnd,
): Pick<LedgerFact, 'key' | 'kind' | 'says' | 'data'> => ({
  key: `${id}/ended`,
  kind: 'ended',
  says: `${id} (${alarm.name} on ${resource}) ended: ${status}, ${reason}`,
  data: { incident: id, playbook, resource, status, reason },
});

/**
 * What people are told of an end, once. Rule: a breaker that opens is one message, and whatever it then keeps from acting is none:
 * that people know.
 */
export const endMessage = (
  incident: Incident,
  end: RemedyEnd,
  breaker: Breaker | undefined,
  at: Instant,
): Message | undefined => {
  const message = { service: chainOf(incident.alarm), kind: 'remediation' as const, at };
  if (end.breaker === 'open') return undefined;
  if (end.breaker === 'opens' && breaker)
    return {
      ...message,
      id: `breaker-${breaker.resource}-${breaker.openedAt}`,
      subject: `${breaker.resource}: breaker open since ${breaker.openedAt}`,
      body: `${breaker.reason}. Nothing acts on it until a person closes the breaker: evenkeel close ${breaker.resource} --reason TEXT. Incident ${incident.id}.`,
    };
  return {
    ...message,
    id: `closing-${incident.id}`,
    subject: `${incident.resource}: ${incident.id} ${end.status}`,
    body: `${incident.alarm.name}: ${end.reason}`,
  };
};
