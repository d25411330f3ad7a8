import * as v from 'valibot';
import { Instant } from './instant.ts';

/** A database of the catalog. Also the name of its chain in the ledger, so no service may have the same one. */
export const DatabaseName = v.pipe(
  v.string(),
  v.regex(
    /^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/,
    'expected 1-30 lower-case letters, digits or hyphens, starting with a letter',
  ),
);
export type DatabaseName = string;

/** An instance or snapshot as RDS takes it: letters, digits and single hyphens, not at the end, at most 63. */
const identifier = v.pipe(
  v.string(),
  v.maxLength(63, 'expected at most 63 characters'),
  v.regex(
    /^[a-z]([a-z0-9]|-(?!-))*[a-z0-9]$/,
    'expected lower-case letters, digits and single hyphens, starting with a letter',
  ),
);
export const InstanceId = identifier;
export type InstanceId = string;
export const SnapshotId = identifier;
export type SnapshotId = string;

/** `<database>-<requestId>` in lower case; also in the name of what it restores. */
export const DrillId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,50}$/, 'expected <database>-<requestId>'));
export type DrillId = string;

/**
 * The mark of what a drill made, as a tag: whose drill it is and until when it may exist. Nothing without it is ever removed
 * by a machine (I4).
 */
export const DrillMark = v.object({ drill: v.string(), removeBy: Instant });
export type DrillMark = v.InferOutput<typeof DrillMark>;

export const InstanceStatus = v.picklist(['creating', 'available', 'changing', 'removing', 'failed']);
export type InstanceStatus = v.InferOutput<typeof InstanceStatus>;

/** A database server as it is now. `reach`: what decides who can connect; all of it must be isolated for a drill. */
export const Instance = v.object({
  id: InstanceId,
  status: InstanceStatus,
  /** In the words of whoever runs it; why it failed, say. */
  statusReason: v.optional(v.string()),
  /** What it failed of, where that is no fault of what it was made from. */
  failure: v.optional(v.literal('StorageFull')),
  engineVersion: v.string(),
  sizeClass: v.string(),
  storageGib: v.number(),
  createdAt: v.optional(Instant),
  /** Where it answers, once it does. */
  endpoint: v.optional(v.object({ host: v.string(), port: v.number() })),
  reach: v.object({
    public: v.boolean(),
    /** Named group of subnets. */
    subnetGroup: v.string(),
    securityGroups: v.array(v.string()),
  }),
  backupRetentionDays: v.number(),
  deletionProtection: v.boolean(),
  encrypted: v.boolean(),
  /** The span of moments that it can be restored to from its own log; absent when it keeps none. */
  restorable: v.optional(v.object({ from: Instant, to: Instant })),
  /** Of which instance this is a copy that follows it, and how far behind. */
  follows: v.optional(v.object({ id: v.string(), lagSeconds: v.optional(v.number()) })),
  mark: v.optional(DrillMark),
});
export type Instance = v.InferOutput<typeof Instance>;

export const Snapshot = v.object({
  id: SnapshotId,
  of: InstanceId,
  status: v.picklist(['creating', 'available', 'failed']),
  /** The moment whose content it holds; absent until it is available. */
  takenAt: v.optional(Instant),
  storageGib: v.number(),
  encrypted: v.boolean(),
  engineVersion: v.string(),
  /** The backup it belongs to; snapshots without one are nobody's of ours, and are never removed. */
  backup: v.optional(v.string()),
});
export type Snapshot = v.InferOutput<typeof Snapshot>;

/** Where the content of a restore comes from. */
export const RestoreSource = v.variant('kind', [
  v.object({ kind: v.literal('snapshot'), snapshot: SnapshotId, of: InstanceId }),
  v.object({ kind: v.literal('point-in-time'), of: InstanceId, at: Instant }),
]);
export type RestoreSource = v.InferOutput<typeof RestoreSource>;
