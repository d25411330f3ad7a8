import type { Incident } from '../../contracts/incident.ts';
import type { RemediationSection } from '../../contracts/remediation-policy.ts';
import type { RemedyAnswer } from '../../contracts/remedy.ts';
import { peopleFor } from '../on-call/escalation-of.ts';

/** Why this answer does not count, if it does not. */
export const entitled = (
  { incident: id, rung, answeredBy }: RemedyAnswer,
  incident: Incident | undefined,
  asked: boolean,
  section: RemediationSection | undefined,
): string | undefined => {
  if (!incident) return `${id} is not known`;
  if (incident.status !== 'asking') return `${id} asks nothing: it is ${incident.status}`;
  if (!asked) return `${id} has not asked for rung ${rung}`;
  const people = peopleFor(incident.playbook, section);
  if (!people.includes(answeredBy))
    return `${answeredBy} is not in a rota of ${incident.playbook}; those who are: ${people.join(', ') || 'nobody'}`;
  return undefined;
};
