import { createHash } from 'node:crypto';
import type { Instance, RestoreSource, Snapshot } from '../../contracts/database.ts';
import type { DrillId } from '../../contracts/drill.ts';
import { NothingToRestore } from '../../contracts/failures.ts';
import type { Instant } from '../../contracts/instant.ts';

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
