import type { Backup } from '../../contracts/backup.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import { usable } from './around.ts';
import { type Answer, judgeBackupAge, judgeExportAge } from './freshness.ts';
import { sizeProblems } from './sizes.ts';

/** What is wrong with the backups of one database, whether or not anybody takes any. Each list is an alarm while it holds anything. */
export type BackupWatch = { staleBackups: string[]; staleExports: string[]; unusualSizes: string[] };

/** Rule: an age that is not known is no young one. */
export const watchBackups = (backups: readonly Backup[], policy: RecoveryPolicy, now: Instant): BackupWatch => ({
  staleBackups: wrong(judgeBackupAge(backups, policy, now)),
  staleExports: policy.exports.flatMap((kind) => wrong(judgeExportAge(kind, backups, policy, now))),
  unusualSizes: unusualSizes(backups, policy),
});

const wrong = ({ verdict, reason }: Answer): string[] => (verdict === 'healthy' ? [] : [reason]);

const unusualSizes = (backups: readonly Backup[], policy: RecoveryPolicy): string[] => {
  const complete = usable(backups);
  const newest = complete.at(-1);
  if (!newest) return [];
  return sizeProblems(newest, complete.slice(0, -1), policy).map((problem) => `${newest.id}: ${problem}`);
};
