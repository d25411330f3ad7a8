import type { AlarmChange } from '../contracts/alarm.ts';
import { incidentIdOf } from '../domain/remediation/incident-id.ts';
import { playbookFor } from '../domain/remediation/playbook-for.ts';
import type { Needs } from '../ports/index.ts';

/**
 * Keeps a change of an alarm, and starts the machine for one that fires and that a playbook knows. Rule: the run's name is made from
 * the change, so whatever tells the same change again, by whatever way, starts nothing.
 */
export const answerChange = async (
  { catalogs, incidents, machines }: Needs<'catalogs' | 'incidents' | 'machines'>,
  change: AlarmChange,
): Promise<void> => {
  const { remediation } = await catalogs.current();
  if (!remediation) return;
  await incidents.keepChange(change);
  const playbook = change.state === 'firing' ? playbookFor(change, remediation.playbooks) : undefined;
  if (playbook) await machines.start('remediation', incidentIdOf(change, playbook), { change, playbook });
};
