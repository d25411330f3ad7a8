import type { Backup } from '../../contracts/backup.ts';
import type { Drill } from '../../contracts/drill.ts';
import type { ExportKind } from '../../contracts/export.ts';
import { type Instant, secondsBetween } from '../../contracts/instant.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import type { Check } from '../../contracts/verdict.ts';
import { usable } from './around.ts';

export type Answer = Omit<Check, 'name'>;

/** Clocks of two machines may differ by this much. What is younger than that is of the future, so its age is not known. */
const skewSeconds = 60;

const judgeAge = (seconds: number, allowedSeconds: number, reason: string): Answer => {
  if (seconds < -skewSeconds) return { verdict: 'error', reason: `ClockSkewed: ${reason}` };
  return { verdict: seconds <= allowedSeconds ? 'healthy' : 'unhealthy', reason };
};

/** Is the newest complete backup young enough? */
export const judgeBackupAge = (backups: readonly Backup[], { freshHours }: RecoveryPolicy, now: Instant): Answer => {
  const newest = usable(backups).at(-1);
  if (!newest) return { verdict: 'inconclusive', reason: 'there is no complete backup' };
  const seconds = secondsBetween(newest.takenAt, now);
  const hours = (seconds / 3600).toFixed(1);
  return judgeAge(
    seconds,
    freshHours * 3600,
    `${newest.id} is ${hours} hours old, ${newest.proof}; allowed are ${freshHours}`,
  );
};

/** Is the newest of these exports young enough? It may be of a backup that has no snapshot. */
export const judgeExportAge = (
  kind: ExportKind,
  backups: readonly Backup[],
  { freshHours }: RecoveryPolicy,
  now: Instant,
): Answer => {
  const ended = backups.flatMap(({ id, [kind]: made }) => (made?.status === 'complete' ? [{ ...made, id }] : []));
  const [newest] = ended.sort((a, b) => secondsBetween(a.finishedAt, b.finishedAt));
  if (!newest) return { verdict: 'inconclusive', reason: `there is no complete ${kind}` };
  const seconds = secondsBetween(newest.finishedAt, now);
  const hours = (seconds / 3600).toFixed(1);
  return judgeAge(
    seconds,
    freshHours * 3600,
    `the ${kind} of ${newest.id} is ${hours} hours old; allowed are ${freshHours}`,
  );
};

/** Has a drill shown lately that backups restore? Drills of damaged copies prove the checker, not the backups. */
export const judgeDrillAge = (drills: readonly Drill[], { drillFreshDays }: RecoveryPolicy, now: Instant): Answer => {
  const ended = drills.filter(({ plan, outcome }) => outcome && !plan.damage);
  const last = ended.sort((a, b) => secondsBetween(a.plan.startedAt, b.plan.startedAt))[0];
  if (!last?.outcome) return { verdict: 'inconclusive', reason: 'no drill ever restored a backup' };
  const { verdict, reason } = last.outcome;
  if (verdict !== 'healthy') return { verdict: 'unhealthy', reason: `${last.plan.drill} was ${verdict}: ${reason}` };
  const seconds = secondsBetween(last.plan.startedAt, now);
  const age = `${last.plan.drill} was healthy ${(seconds / 86_400).toFixed(1)} days ago; allowed are ${drillFreshDays}`;
  return judgeAge(seconds, drillFreshDays * 86_400, age);
};
