import * as v from 'valibot';
import { BackupId } from './backup.ts';
import { InvariantReading, SentinelReading, TableReading } from './content.ts';
import { DatabaseName, DrillId, InstanceId, RestoreSource } from './database.ts';
import { Instant } from './instant.ts';
import { Actor, RequestId } from './names.ts';
import { Check, Verdict } from './verdict.ts';

export { DrillId } from './database.ts';

/** Which backup: `newest` loses least, `random` finds old rot, the others are stated by whoever asks. */
export const DrillChoice = v.variant('kind', [
  v.strictObject({ kind: v.literal('newest') }),
  v.strictObject({
    kind: v.literal('random'),
    withinDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)),
  }),
  v.strictObject({ kind: v.literal('point-in-time'), at: Instant }),
  v.strictObject({ kind: v.literal('backup'), id: BackupId }),
]);
export type DrillChoice = v.InferOutput<typeof DrillChoice>;

/**
 * Damage done on purpose to the restored copy (never to a backup): a negative control. The drill must then end red, or the checker
 * is broken.
 */
export const damages = ['dropped-table', 'truncated-wal', 'flipped-page', 'wrong-owner', 'stale'] as const;
export const Damage = v.picklist(damages);
export type Damage = v.InferOutput<typeof Damage>;

export const DrillRequest = v.strictObject({
  database: DatabaseName,
  choose: DrillChoice,
  damage: v.optional(Damage),
  requestedBy: Actor,
  requestId: RequestId,
});
export type DrillRequest = v.InferOutput<typeof DrillRequest>;

export const drillIdOf = (database: DatabaseName, requestId: RequestId): DrillId =>
  `${database}-${requestId}`.toLowerCase().replaceAll('_', '-').replaceAll(/-+/g, '-');
/** Deterministic: a repeated step finds the instance it began, and every remover knows its name beforehand. */
export const drillInstanceOf = (drill: DrillId): InstanceId => `evenkeel-drill-${drill}`;

/** A request whose names fit everything that is named after it. */
export const NamedDrillRequest = v.pipe(
  DrillRequest,
  v.check(
    ({ database, requestId }) => v.is(InstanceId, drillInstanceOf(drillIdOf(database, requestId))),
    'expected a shorter requestId, at its end a letter or digit: the copy is named after it',
  ),
);

/** What is restored, and what it will be judged against. `point`: the moment whose content is expected. */
export const DrillPlan = v.object({
  drill: DrillId,
  database: DatabaseName,
  source: RestoreSource,
  point: Instant,
  /** Backups whose manifests lie around the point: at or before it, and at or after it. */
  before: v.optional(BackupId),
  after: v.optional(BackupId),
  /** The backup that the verdict proves or disproves; none for a moment between two. */
  proves: v.optional(BackupId),
  instance: InstanceId,
  startedAt: Instant,
  removeBy: Instant,
  damage: v.optional(Damage),
});
export type DrillPlan = v.InferOutput<typeof DrillPlan>;

/** When each phase of a drill ended. */
export const DrillPhases = v.object({
  chosenAt: v.optional(Instant),
  armedAt: v.optional(Instant),
  restoredAt: v.optional(Instant),
  answeredAt: v.optional(Instant),
  verifiedAt: v.optional(Instant),
  removedAt: v.optional(Instant),
});
export type DrillPhases = v.InferOutput<typeof DrillPhases>;

/** What a copy was found to hold. */
export const ContentReading = v.object({
  sentinels: SentinelReading,
  owners: v.record(v.string(), v.string()),
  extensions: v.record(v.string(), v.string()),
  systemIdentifier: v.string(),
  pageChecksums: v.boolean(),
  invariants: v.array(InvariantReading),
  tables: v.array(TableReading),
});
export type ContentReading = v.InferOutput<typeof ContentReading>;

/**
 * How a drill ended. `rpoSeconds`: from the newest sentinel of the copy to the point that was asked for. `rtoSeconds`: from the start
 * to the verdict. `absent`: whether the copy was seen to be gone; only then is a drill over.
 */
export const DrillOutcome = v.object({
  verdict: Verdict,
  checks: v.array(Check),
  rpoSeconds: v.optional(v.number()),
  rtoSeconds: v.optional(v.number()),
  phases: DrillPhases,
  absent: v.boolean(),
  costUsd: v.number(),
  reason: v.string(),
});
export type DrillOutcome = v.InferOutput<typeof DrillOutcome>;

/** The record of a drill, kept from before anything is made until long after it is gone. */
export const Drill = v.object({
  plan: DrillPlan,
  status: v.picklist(['open', 'ended']),
  outcome: v.optional(DrillOutcome),
});
export type Drill = v.InferOutput<typeof Drill>;
