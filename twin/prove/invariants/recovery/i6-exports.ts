import type { Backup } from '../../../../lib/contracts/backup.ts';
import { exportKinds } from '../../../../lib/contracts/export.ts';
import { alarmed, goneButLoud, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/**
 * What a record says lies beside a snapshot does lie there, as it says; and nothing does of a backup that was removed. When records
 * can be written no more, one may still tell of what was just removed; the next retention tells it.
 */
export const exportsAreAsRecorded = (judged: Judged, report: Report): void => {
  if (goneButLoud(judged, ['backups'])) return;
  const { backups, exports } = judged.twin.world;
  for (const backup of backups.values())
    for (const kind of exportKinds) {
      const [said, stored] = [backup[kind], exports.stored(kind, backup.id)];
      if (said?.status === 'complete' && said.sha256 !== stored?.sha256)
        report('I6', `the ${kind} of ${backup.id} is complete on record, and does not lie there`);
      if (backup.status === 'removed' && stored)
        report('I2', `the ${kind} of ${backup.id} was left behind when it was removed`);
    }
};

/** A backup without an export that its policy asks for is told to somebody who is woken. */
export const missingExportsAreLoud = (judged: Judged, report: Report): void => {
  if (alarmed(judged)) return;
  const { catalog, backups } = judged.twin.world;
  const asked = ({ database }: Backup) => {
    const policy = catalog.databases.find(({ name }) => name === database)?.policy ?? '';
    return catalog.recovery[policy]?.exports ?? [];
  };
  for (const id of Object.keys(judged.story.ends)) {
    const backup = backups.get(id);
    if (backup?.status !== 'complete') continue;
    const missing = asked(backup).filter((kind) => backup[kind]?.status !== 'complete');
    if (missing.length > 0) report('I8', `backup ${id} has no ${missing.join(' and no ')}, and nobody was woken`);
  }
};
