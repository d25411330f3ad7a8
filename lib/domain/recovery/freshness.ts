import type { Backup } from '../../contracts/backup.ts';
import type { Drill } from '../../contracts/drill.ts';
import { type Instant, secondsBetween } from '../../contracts/instant.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import type { Check } from '../../contracts/verdict.ts';
import { usable } from './around.ts';

type Answer = Omit<Check, 'name'>;

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

const fewest = 3;

/** Is a backup about as large as those before it? A database that shrank to nothing is backed up without complaint. */
export const judgeSize = (backup: Backup, earlier: readonly Backup[], { sizeAnomalyShare }: RecoveryPolicy): Answer => {
  const sizes = earlier.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes])).sort((a, b) => a - b);
  if (backup.bytes === undefined) return { verdict: 'inconclusive', reason: 'its size is not known' };
  if (sizes.length < fewest)
    return {
      verdict: 'inconclusive',
      reason: `only ${sizes.length} backups to compare with, at least ${fewest} are needed`,
    };
  const usual = sizes[Math.floor(sizes.length / 2)] as number;
  const share = usual === 0 ? Number(backup.bytes > 0) : Math.abs(backup.bytes - usual) / usual;
  const reason = `${backup.bytes} bytes; usual are ${usual}, ${(share * 100).toFixed(0)} % away`;
  return { verdict: share <= sizeAnomalyShare ? 'healthy' : 'unhealthy', reason };
};
