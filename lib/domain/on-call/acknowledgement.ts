import type { Incident } from '../../contracts/incident.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { LedgerFact } from '../../contracts/ledger.ts';
import type { RemediationSection } from '../../contracts/remediation-policy.ts';
import type { Acknowledgement } from '../../contracts/remedy.ts';
import { peopleFor } from './escalation-of.ts';

type Said = Pick<LedgerFact, 'key' | 'kind' | 'says' | 'data'>;

const needsPeople: readonly Incident['status'][] = ['open', 'asking', 'escalated'];

/** Why this acknowledgement does not count, if it does not. Rule: only who may be called for the incident may take it. */
export const whyNotAcknowledged = (
  { incident: id, acknowledgedBy }: Acknowledgement,
  incident: Incident | undefined,
  section: RemediationSection | undefined,
): string | undefined => {
  if (!incident) return `${id} is not known`;
  if (!needsPeople.includes(incident.status)) return `${id} needs nobody: it is ${incident.status}`;
  const people = peopleFor(incident.playbook, section);
  if (people.includes(acknowledgedBy)) return undefined;
  return `${acknowledgedBy} is not in a rota of ${incident.playbook}; those who are: ${people.join(', ') || 'nobody'}`;
};

/** One line for each incident: the first who takes it. */
export const acknowledgedFact = ({ incident, acknowledgedBy }: Acknowledgement, at: Instant): Said => ({
  key: `${incident}/acknowledged`,
  kind: 'acknowledged',
  says: `${acknowledgedBy} looks after ${incident}: nobody else is called`,
  data: { incident, by: acknowledgedBy, at },
});

/** One that does not count, and why. */
export const notAcknowledgedFact = ({ incident, acknowledgedBy }: Acknowledgement, problem: string): Said => ({
  key: `${incident}/acknowledgement-not-counted/${acknowledgedBy}`,
  kind: 'acknowledgement-not-counted',
  says: `${acknowledgedBy} acknowledges ${incident}, which does not count: ${problem}`,
  data: { incident, by: acknowledgedBy, problem },
});
