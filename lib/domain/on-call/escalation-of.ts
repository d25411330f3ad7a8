import type { Incident } from '../../contracts/incident.ts';
import type { Escalation } from '../../contracts/on-call.ts';
import type { CallKey } from '../../contracts/pager.ts';
import type { RemediationSection } from '../../contracts/remediation-policy.ts';

/** Whose people an incident of that playbook is given to. Undefined when the catalog no longer has the playbook. */
export const escalationOf = (playbook: string, section: RemediationSection | undefined): Escalation | undefined => {
  const found = section?.playbooks.find(({ name }) => name === playbook);
  return found && section?.escalations[found.escalation];
};

/** All who may be called for it, whoever's turn it is. */
export const peopleFor = (playbook: string, section: RemediationSection | undefined): string[] => {
  const steps = escalationOf(playbook, section) ?? [];
  return [...new Set(steps.flatMap(({ rota }) => section?.rotas[rota]?.people ?? []))];
};

/** One call for each step of each incident, however often it is asked for. */
export const callsOf = (incident: string, steps: Escalation): CallKey[] =>
  steps.map(({ rota }, step) => ({ key: `${incident}/${step}`, rota }));

/** The run that calls people for an incident. No longer than the incident's own id, so that it is a name for a run. */
export const callsNameOf = ({ id }: Pick<Incident, 'id'>): string => id.replace(/^remedy-/, 'calls-');
