import type { Backup } from '../../contracts/backup.ts';
import { type Instant, secondsBetween } from '../../contracts/instant.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import { exportProblems } from './judge-exports.ts';
import { sizeProblems } from './sizes.ts';

/** `earlier`: those before it. `broken`: what failed on the way, each as a person reads it. */
export type BackupFacts = {
  backup: Backup;
  earlier: readonly Backup[];
  policy: RecoveryPolicy;
  broken: readonly string[];
  now: Instant;
};

/** `problems`: what somebody must look at, whatever the status. */
export type BackupEnd = { status: 'complete' | 'failed'; reason: string; problems: string[] };

/** Rule: a backup is complete when its snapshot is there, whatever failed later; what cannot be restored is failed. */
export const endOfBackup = ({ backup, earlier, policy, broken, now }: BackupFacts): BackupEnd => {
  const problems = [
    ...broken,
    ...exportProblems(backup, policy),
    ...(backup.takenAt === undefined ? [] : sizeProblems(backup, earlier, policy)),
    ...speedProblems(backup, policy, now),
  ];
  const seconds = secondsBetween(backup.startedAt, now).toFixed(0);
  return {
    status: backup.takenAt === undefined ? 'failed' : 'complete',
    reason: problems.join('; ') || `taken in ${seconds} s; it is unproven until a drill restores it`,
    problems,
  };
};

const speedProblems = ({ startedAt, takenAt }: Backup, { promises }: RecoveryPolicy, now: Instant): string[] => {
  const seconds = secondsBetween(startedAt, now);
  if (takenAt === undefined || seconds <= promises.backupSeconds) return [];
  return [`it took ${seconds.toFixed(0)} s; promised are ${promises.backupSeconds} s`];
};

/** The end of one whose run was cut off before it could record one; undefined when there is an end on record. */
export const endOfCutOff = ({ status, takenAt }: Backup, how: string): Omit<BackupEnd, 'problems'> | undefined => {
  if (status !== 'taking') return undefined;
  return takenAt === undefined
    ? { status: 'failed', reason: `its run ${how} before there was a snapshot` }
    : { status: 'complete', reason: `its run ${how} after the snapshot was there` };
};
