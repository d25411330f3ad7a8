import type { Backup, BackupId } from '../../contracts/backup.ts';
import { type Instant, toMs } from '../../contracts/instant.ts';
import type { Retention } from '../../contracts/recovery-policy.ts';
import { type Usable, usable } from './around.ts';

const dayMs = 86_400_000;
/** Weeks begin on Monday: 1 January 1970 was a Thursday. */
const weekOf = (at: Instant): number => Math.floor((toMs(at) / dayMs + 3) / 7);
const monthOf = (at: Instant): string => at.slice(0, 7);

/**
 * Backups that nobody needs any more (grandfather, father, son). Kept are all of so many days, the first of each of so many weeks and months
 * behind today's, and always the newest and the newest that a drill proved: however old, they are what there is.
 */
export const backupsToRemove = (backups: readonly Backup[], retention: Retention, now: Instant): BackupId[] => {
  const complete = usable(backups);
  const kept = new Set([
    ...complete.filter(({ takenAt }) => toMs(now) - toMs(takenAt) <= retention.days * dayMs).map(({ id }) => id),
    ...firstOfEach(complete, (at) => weekOf(at), retention.weeks, now),
    ...firstOfEach(complete, monthOf, retention.months, now),
    ...newestOf(complete),
    ...newestOf(complete.filter(({ proof }) => proof === 'proven')),
  ]);
  return complete.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
};

const newestOf = (backups: readonly Usable[]): BackupId[] => backups.slice(-1).map(({ id }) => id);

/** The oldest backup of each of the newest `count` periods that have begun. */
const firstOfEach = <K>(backups: readonly Usable[], periodOf: (at: Instant) => K, count: number, now: Instant) => {
  const first = new Map<K, BackupId>();
  for (const { id, takenAt } of backups) if (!first.has(periodOf(takenAt))) first.set(periodOf(takenAt), id);
  const current = periodOf(now);
  const periods = [...first.keys()].filter((period) => period <= current);
  return count === 0 ? [] : periods.slice(-count).map((period) => first.get(period) as BackupId);
};
