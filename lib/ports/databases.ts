import type { DrillMark, Instance, InstanceId, RestoreSource, Snapshot, SnapshotId } from '../contracts/database.ts';
import type { Damage } from '../contracts/drill.ts';

/** What a restore makes. It is isolated by whoever implements this: nothing here can ask for anything else. */
export type Restore = {
  as: InstanceId;
  source: RestoreSource;
  sizeClass: string;
  mark: DrillMark;
  /** Done to the files of the copy, never to what it is made from, where these can be reached. Errors: `DamageImpossible`. */
  damage?: Exclude<Damage, 'dropped-table' | 'wrong-owner'>;
};

/**
 * Database servers and their snapshots. All work is started here and goes on by itself; `find` and `findSnapshot` tell how far it
 * is. Errors of all: `DependencyThrottled`, `DependencyUnavailable`, `AccessDenied`.
 */
export interface Databases {
  find(id: InstanceId): Promise<Instance | undefined>;
  /** Every instance that bears a drill's mark, whoever's it is. */
  drills(): Promise<Instance[]>;
  findSnapshot(id: SnapshotId): Promise<Snapshot | undefined>;
  /** All of them, oldest first. */
  snapshots(of: InstanceId): Promise<Snapshot[]>;
  /**
   * Begins a snapshot; the same id again changes nothing. Errors: `InstanceNotFound`, `DatabaseBusy` (try again),
   * `QuotaExceeded`.
   */
  takeSnapshot(of: InstanceId, as: SnapshotId, backup: string): Promise<void>;
  /** Begins the copy to the second region under the same id; the same again changes nothing. Errors: `SnapshotNotFound`, `QuotaExceeded`. */
  copySnapshot(id: SnapshotId): Promise<void>;
  /** The copy in the second region. */
  findCopy(id: SnapshotId): Promise<Snapshot | undefined>;
  /** The snapshot and its copy. One that is gone already is fine. Errors: `NotOurs` for a snapshot that belongs to no backup. */
  removeSnapshot(id: SnapshotId): Promise<void>;
  /**
   * Begins a restore into a new instance: never public, in the isolated subnets, in the drills' own security group alone, without
   * backups or deletion protection. The same id again changes nothing. Errors: `SnapshotNotFound`, `InstanceNotFound`,
   * `PointNotRestorable`, `QuotaExceeded`, `StorageFull`, `EngineIncompatible`.
   */
  restore(restore: Restore): Promise<void>;
  /** Begins the removal, without a last snapshot. One that is gone already is fine. Errors: `NotOurs` without a drill's mark, `DatabaseBusy`. */
  remove(id: InstanceId): Promise<void>;
}
