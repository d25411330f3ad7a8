import * as v from 'valibot';
import { Instant } from './instant.ts';
import { Actor, Digest, ReleaseId, RequestId, ServiceName, Slot } from './names.ts';
import { ReleasePolicy } from './policy.ts';

/** A digest in a slot: where traffic can be sent. */
export const Placement = v.object({ slot: Slot, digest: Digest });
export type Placement = v.InferOutput<typeof Placement>;

/** A known release in the slot it runs in: what an undo or a rollback aims at. */
export const Target = v.object({ ...Placement.entries, releaseId: ReleaseId });
export type Target = v.InferOutput<typeof Target>;

/** At this error rate the watch sees the fault after `requests`, that is `seconds` at the present traffic. */
export const Detection = v.object({ errorRate: v.number(), requests: v.number(), seconds: v.nullable(v.number()) });
export type Detection = v.InferOutput<typeof Detection>;

/** All that a deployment needs to know, decided once and never looked up again (a catalog change cannot bend a run). */
export const Plan = v.object({
  releaseId: ReleaseId,
  requestId: RequestId,
  service: ServiceName,
  digest: Digest,
  requestedBy: Actor,
  plannedAt: Instant,
  floor: v.number(),
  smokePath: v.string(),
  idleSlot: Slot,
  /** What runs now, and so where the undo goes: chosen before traffic moves. */
  live: Target,
  policy: ReleasePolicy,
});
export type Plan = v.InferOutput<typeof Plan>;

/**
 * planned -> shifting -> baking -> promoted is the good way. `rejected`: a gate or check before any shift said no.
 * `undone`: traffic moved and was brought back. `superseded`: someone with a newer lease took over.
 * `failed`: the undo itself could not be verified; a person is needed.
 */
export const releaseStatuses = [
  'planned',
  'shifting',
  'baking',
  'promoted',
  'rejected',
  'undone',
  'superseded',
  'failed',
] as const;
export const ReleaseStatus = v.picklist(releaseStatuses);
export type ReleaseStatus = v.InferOutput<typeof ReleaseStatus>;

export const endedStatuses: readonly ReleaseStatus[] = ['promoted', 'rejected', 'undone', 'superseded', 'failed'];

/** What the store keeps of each release. `timeToSafeMs`: first bad bucket to verified undo. */
export const Release = v.object({
  releaseId: ReleaseId,
  service: ServiceName,
  digest: Digest,
  slot: Slot,
  requestedBy: Actor,
  status: ReleaseStatus,
  plannedAt: Instant,
  endedAt: v.optional(Instant),
  reason: v.optional(v.string()),
  timeToSafeMs: v.optional(v.number()),
  /** Where an undo of this release goes. */
  undo: Target,
  /** The execution that deploys it; an undo by someone else names it in the record. */
  run: v.string(),
});
export type Release = v.InferOutput<typeof Release>;

/** The release that traffic is meant for. */
export const LiveRelease = v.object({ ...Target.entries, since: Instant });
export type LiveRelease = v.InferOutput<typeof LiveRelease>;
