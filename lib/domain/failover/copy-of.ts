import { createHash } from 'node:crypto';
import type { Instance, RestoreSource, Snapshot } from '../../contracts/database.ts';
import type { Drill, DrillId, DrillOutcome } from '../../contracts/drill.ts';
import type { FailoverCopy, FailoverOutcome, FailoverPlan } from '../../contracts/failover.ts';
import { NothingToRestore } from '../../contracts/failures.ts';
import { type Instant, secondsBetween } from '../../contracts/instant.ts';

/** Deterministic, and short enough for the name of an instance, whatever the length of the name of the run. */
export const copyIdOf = (database: string, runName: string): DrillId =>
  `${database}-failover-${createHash('sha256').update(runName).digest('hex').slice(0, 8)}`;

export type CopySource = { source: RestoreSource; point: Instant };

/**
 * What a drill restores in place of the replica: the replica's own log up to its last moment, or else the newest snapshot of
 * the database that belongs to a backup. Errors: `NothingToRestore`.
 */
export const chooseCopySource = (replica: Instance, of: string, snapshots: readonly Snapshot[]): CopySource => {
  if (replica.restorable) {
    const { to } = replica.restorable;
    return { source: { kind: 'point-in-time', of: replica.id, at: to }, point: to };
  }
  const usable = snapshots.filter(({ status, takenAt, backup }) => status === 'available' && takenAt && backup);
  const newest = usable.sort((a, b) => ((a.takenAt ?? '') < (b.takenAt ?? '') ? -1 : 1)).at(-1);
  if (!newest?.takenAt)
    throw new NothingToRestore(`${of}: neither the log of ${replica.id} nor a backup can be restored for a drill`, {
      of,
    });
  return { source: { kind: 'snapshot', snapshot: newest.id, of }, point: newest.takenAt };
};

/** The drill as it is on record before anything is made, for every remover to find. */
export const drillOf = (plan: FailoverPlan, { drill, source, point, removeBy }: FailoverCopy): Drill => ({
  plan: { drill, database: plan.database, source, point, instance: plan.target, startedAt: plan.startedAt, removeBy },
  status: 'open',
});

/** The drill as it is on record when it is over. Its price is that of the copy, from the start until `endedAt`. */
export const endedDrill = (
  plan: FailoverPlan,
  copy: FailoverCopy,
  outcome: FailoverOutcome,
  endedAt: Instant,
): Drill => ({
  ...drillOf(plan, copy),
  status: 'ended',
  outcome: drillOutcomeOf(plan, outcome, { hourlyUsd: copy.hourlyUsd, endedAt }),
});

const drillOutcomeOf = (
  plan: FailoverPlan,
  outcome: FailoverOutcome,
  { hourlyUsd, endedAt }: { hourlyUsd: number; endedAt: Instant },
): DrillOutcome => ({
  verdict: outcome.status === 'drilled' ? 'healthy' : 'unhealthy',
  checks: [
    { name: 'failover', verdict: outcome.status === 'drilled' ? 'healthy' : 'unhealthy', reason: outcome.reason },
  ],
  ...(outcome.rpoSeconds !== null && { rpoSeconds: outcome.rpoSeconds }),
  ...(outcome.rtoSeconds !== null && { rtoSeconds: outcome.rtoSeconds }),
  phases: { chosenAt: plan.startedAt, ...(outcome.absent && { removedAt: endedAt }) },
  absent: outcome.absent === true,
  costUsd: (secondsBetween(plan.startedAt, endedAt) / 3600) * hourlyUsd,
  reason: outcome.reason,
});
