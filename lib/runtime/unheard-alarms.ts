import type { AlarmChange } from '../contracts/alarm.ts';
import type { Catalog } from '../contracts/catalog.ts';
import type { Playbook } from '../contracts/playbook.ts';
import type { LostRun, UnheardAlarm } from '../contracts/reconcile.ts';
import { isBadEnd } from '../domain/reconcile/is-lost.ts';
import { heardAs, heardSince, isDue } from '../domain/reconcile/unheard.ts';
import { fromFiring } from '../domain/remediation/from-cloudwatch.ts';
import { incidentIdOf } from '../domain/remediation/incident-id.ts';
import { playbookFor } from '../domain/remediation/playbook-for.ts';
import type { Needs } from '../ports/index.ts';
import { answerChange } from './answer-change.ts';

type FindNeeds = Needs<'incidents' | 'runs' | 'signals' | 'clock'>;

/**
 * Alarms that fire and that a playbook knows: those whose change never arrived, and those whose run was cut off before it opened an
 * incident. Only CloudWatch can be asked; whoever else tells of alarms repeats itself.
 */
export const findUnheardAlarms = async (ports: FindNeeds, catalog: Catalog): Promise<(UnheardAlarm | LostRun)[]> => {
  const playbooks = catalog.remediation?.playbooks ?? [];
  if (playbooks.length === 0) return [];
  const found: (UnheardAlarm | LostRun)[] = [];
  for (const alarm of await ports.signals.firing()) {
    const change = fromFiring(alarm, catalog);
    const playbook = playbookFor(change, playbooks);
    const finding = playbook && isDue(change, ports.clock.now()) && (await findingOf(ports, change, playbook));
    if (finding) found.push(finding);
  }
  return found;
};

const findingOf = async (
  { incidents, runs }: FindNeeds,
  change: AlarmChange,
  playbook: Playbook,
): Promise<UnheardAlarm | LostRun | undefined> => {
  const heard = heardAs(change, await incidents.changes(change.name, heardSince(change)));
  if (!heard) return { kind: 'unheard-alarm', alarm: change.name, since: change.at };
  const name = incidentIdOf(heard, playbook);
  if (await incidents.find(name)) return undefined;
  return isBadEnd(await runs.find('remediation', name))
    ? { kind: 'lost-run', machine: 'remediation', name }
    : undefined;
};

/** Answers it as its event would have: under the name that is made from the change, so that an event that comes late starts nothing. */
export const answerUnheard = async (
  ports: Needs<'catalogs' | 'incidents' | 'machines' | 'signals'>,
  { alarm, since }: UnheardAlarm,
): Promise<boolean> => {
  const firing = (await ports.signals.firing()).find((one) => one.name === alarm && one.since === since);
  if (!firing) return false;
  await answerChange(ports, fromFiring(firing, await ports.catalogs.current()));
  return true;
};
