import type { Backup } from '../../contracts/backup.ts';
import { type Instant, plusSeconds, secondsBetween, toMs } from '../../contracts/instant.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import { judgeSize } from './freshness.ts';

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
  const problems = [...broken, ...sizeProblems(backup, earlier, policy), ...speedProblems(backup, policy, now)];
  const seconds = secondsBetween(backup.startedAt, now).toFixed(0);
  return {
    status: backup.takenAt === undefined ? 'failed' : 'complete',
    reason: problems.join('; ') || `taken in ${seconds} s; it is unproven until a drill restores it`,
    problems,
  };
};

const sizeProblems = (backup: Backup, earlier: readonly Backup[], policy: RecoveryPolicy): string[] => {
  if (backup.takenAt === undefined) return [];
  const { verdict, reason } = judgeSize(backup, earlier, policy);
  return verdict === 'unhealthy' ? [`its size is unusual: ${reason}`] : [];
};

const speedProblems = ({ startedAt, takenAt }: Backup, { promises }: RecoveryPolicy, now: Instant): string[] => {
  const seconds = secondsBetween(startedAt, now);
  if (takenAt === undefined || seconds <= promises.backupSeconds) return [];
  return [`it took ${seconds.toFixed(0)} s; promised are ${promises.backupSeconds} s`];
};

/** Readings before and after, which have no deadline of their own. */
const spareSeconds = 2 * 3600;

/** A run that was cut off says nothing: its record would be `taking` for ever. Snapshot and copy may each take their time. */
export const cutOff = (backups: readonly Backup[], { backup: { deadlineSeconds } }: RecoveryPolicy, now: Instant) =>
  backups.filter(
    ({ status, startedAt }) =>
      status === 'taking' && toMs(now) > toMs(plusSeconds(startedAt, 2 * deadlineSeconds + spareSeconds)),
  );
