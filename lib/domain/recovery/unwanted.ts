import type { Backup } from '../../contracts/backup.ts';
import type { Snapshot } from '../../contracts/database.ts';

/** Snapshots that failed backups left behind. Rule: what no record of ours is about is not ours to remove. */
export const leftovers = (snapshots: readonly Snapshot[], backups: readonly Backup[]): Snapshot[] => {
  const failed = new Set(backups.filter(({ status }) => status === 'failed').map(({ id }) => id));
  return snapshots.filter(({ status, backup }) => status !== 'creating' && backup !== undefined && failed.has(backup));
};
