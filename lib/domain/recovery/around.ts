import type { Backup } from '../../contracts/backup.ts';
import { type Instant, toMs } from '../../contracts/instant.ts';

/** A backup that can be restored: complete, and it is known whose moment it holds. */
export type Usable = Backup & { takenAt: Instant };

export const isUsable = (backup: Backup): backup is Usable =>
  backup.status === 'complete' && backup.takenAt !== undefined;

/** Oldest content first. */
export const usable = (backups: readonly Backup[]): Usable[] =>
  backups.filter(isUsable).sort((a, b) => toMs(a.takenAt) - toMs(b.takenAt));

/** The newest at or before the moment, and the oldest after it: what a copy of the moment is compared with. */
export const around = (backups: readonly Usable[], moment: Instant): { before?: Usable; after?: Usable } => {
  const before = backups.filter(({ takenAt }) => toMs(takenAt) <= toMs(moment)).at(-1);
  const after = backups.find(({ takenAt }) => toMs(takenAt) > toMs(moment));
  return { ...(before && { before }), ...(after && { after }) };
};
