import * as v from 'valibot';
import { Manifest } from './content.ts';
import { DatabaseName, InstanceId, SnapshotId } from './database.ts';
import { Export } from './export.ts';
import { Instant } from './instant.ts';
import { Actor, RequestId } from './names.ts';
import { RecoveryPolicy } from './recovery-policy.ts';

export const BackupRequest = v.strictObject({ database: DatabaseName, requestedBy: Actor, requestId: RequestId });
export type BackupRequest = v.InferOutput<typeof BackupRequest>;

/** `<database>-<requestId>` in lower case: the name of the execution, of the snapshot (behind a prefix) and of the record. */
export const BackupId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,50}$/, 'expected <database>-<requestId>'));
export type BackupId = string;

export const backupStatuses = ['taking', 'complete', 'failed', 'removed'] as const;

/**
 * One record for each backup. `proof`: whether a drill restored and read it; until then it is `unproven`, whatever it says of
 * itself. `before` and `after`: what the database held on either side of the snapshot.
 */
export const Backup = v.object({
  id: BackupId,
  database: DatabaseName,
  instance: InstanceId,
  snapshot: SnapshotId,
  status: v.picklist(backupStatuses),
  proof: v.picklist(['unproven', 'proven', 'disproven']),
  startedAt: Instant,
  /** The moment whose content it holds. */
  takenAt: v.optional(Instant),
  endedAt: v.optional(Instant),
  storageGib: v.optional(v.number()),
  bytes: v.optional(v.number()),
  before: v.optional(Manifest),
  after: v.optional(Manifest),
  /** In the second region, under the same id. */
  copied: v.optional(v.boolean()),
  /** What lies beside the snapshot. */
  dump: v.optional(Export),
  configuration: v.optional(Export),
  reason: v.optional(v.string()),
});
export type Backup = v.InferOutput<typeof Backup>;

export const backupIdOf = (database: DatabaseName, requestId: RequestId): BackupId =>
  `${database}-${requestId}`.toLowerCase().replaceAll('_', '-').replaceAll(/-+/g, '-');
/** Deterministic, so that a repeated step finds the snapshot it began. */
export const snapshotIdOf = (backup: BackupId): SnapshotId => `evenkeel-${backup}`;

/** A request whose names fit everything that is named after it. */
export const NamedBackupRequest = v.pipe(
  BackupRequest,
  v.check(
    ({ database, requestId }) =>
      v.is(SnapshotId, snapshotIdOf(backupIdOf(database, requestId))) &&
      v.is(BackupId, backupIdOf(database, requestId)),
    'expected a shorter requestId, at its end a letter or digit: the snapshot is named after it',
  ),
);

/** What one run of the machine does, decided once. `copy`: to the second region. */
export const BackupPlan = v.object({
  id: BackupId,
  database: DatabaseName,
  instance: InstanceId,
  snapshot: SnapshotId,
  startedAt: Instant,
  /** Until when the snapshot must be there. */
  deadline: Instant,
  copy: v.boolean(),
  policy: RecoveryPolicy,
});
export type BackupPlan = v.InferOutput<typeof BackupPlan>;
