import type { Incident } from '../../contracts/incident.ts';
import type { RemediationSection } from '../../contracts/remediation-policy.ts';
import type { RemedyAnswer } from '../../contracts/remedy.ts';

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

/** All who may be called for it, whoever's turn it is. */
const peopleFor = (playbook: string, section: RemediationSection | undefined): string[] => {
  const found = section?.playbooks.find(({ name }) => name === playbook);
  const steps = (found && section?.escalations[found.escalation]) ?? [];
  return [...new Set(steps.flatMap(({ rota }) => section?.rotas[rota]?.people ?? []))];
};
