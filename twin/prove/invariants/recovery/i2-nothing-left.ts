import type { Server } from '../../../model/world/server.ts';
import { goneButLoud, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** Copies of drills that exist now. */
export const copiesOf = ({ twin }: Judged): Server[] => twin.world.instances.servers().filter(({ mark }) => mark);

/**
 * No copy is left. When nobody can remove it any more, or find out what to remove, it stays; then it is on record, so that
 * whoever can again removes it, and somebody is woken.
 */
export const noCopyIsLeft = (judged: Judged, report: Report): void => {
  const { drills, changes } = judged.twin.world;
  const ours = new Set(changes.list.map(({ resource }) => resource));
  const helpless = goneButLoud(judged, ['databases', 'catalogs']);
  for (const { id, mark } of copiesOf(judged)) {
    if (!helpless) report('I2', `${id} was left behind`);
    else if (ours.has(`instance/${id}`) && mark && !drills.has(mark.drill))
      report('I2', `${id} was left behind, and no record tells of its drill`);
  }
};

/** No drill is on record as open when nothing is left of it. One that cannot be sealed waits for its evidence. */
export const noDrillStaysOpen = (judged: Judged, report: Report): void => {
  if (goneButLoud(judged, ['drills', 'databases', 'catalogs', 'evidence', 'signer'])) return;
  for (const { plan, status } of judged.twin.world.drills.values())
    if (status === 'open') report('I2', `drill ${plan.drill} is still open on record`);
};

/**
 * A backup that is on record as being taken is one that nobody takes any more. Where its end could not be told or written, the event
 * that asks for it is a dead letter; and where the event was lost, the run that looks for it fails.
 */
export const noBackupStaysTaking = (judged: Judged, report: Report): void => {
  const { twin } = judged;
  if (twin.deadLetters.some(({ function: to }) => to === 'triggerBackupEnded')) return;
  if (goneButLoud(judged, ['catalogs'])) return;
  if (judged.story.reconciled && goneButLoud(judged, ['backups', 'ledger', 'machines', 'outbox', 'runs'])) return;
  for (const { id, status } of twin.world.backups.values())
    if (status === 'taking') report('I2', `backup ${id} is still being taken on record`);
};
