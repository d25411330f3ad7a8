import type { BackupId } from '../contracts/backup.ts';
import type { InstanceId } from '../contracts/database.ts';
import type { Export, ExportKind } from '../contracts/export.ts';

/** What is exported, for which backup; its names follow from the two. `instance`: the database that a dump is made of. */
export type ExportOf = { kind: ExportKind; backup: BackupId; instance: InstanceId };

/**
 * Exports of a backup, each whole, compressed and encrypted where it lies. They are started here and go on by themselves. Errors of
 * all: `DependencyThrottled`, `DependencyUnavailable`, `AccessDenied`.
 */
export interface Exports {
  /** Begins it; the same again changes nothing, whatever became of it. Errors: `InstanceNotFound`, `ConfigInvalid` when it cannot be made here. */
  start(what: ExportOf): Promise<void>;
  /** How it stands. `complete` only when it lies where it should, as large as it was made; undefined when it was never begun, or is gone. */
  find(kind: ExportKind, backup: BackupId): Promise<Export | undefined>;
  /** Ends it if it goes on, and removes what it left. One that is gone already is fine. */
  remove(kind: ExportKind, backup: BackupId): Promise<void>;
}
