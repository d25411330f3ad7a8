import * as v from 'valibot';
import { Instant } from './instant.ts';
import { Actor, ReleaseId, ServiceName } from './names.ts';
import { ReleasePolicy } from './policy.ts';
import { Placement, Target } from './release.ts';

/** A failure as a state machine hands it on: the error's name and Step Functions' cause (JSON or plain text). */
export const Failed = v.object({ error: v.string(), cause: v.optional(v.string(), '') });
export type Failed = v.InferOutput<typeof Failed>;

/**
 * What the rollback machine is started with. `undo` brings one release back to the target chosen before it moved
 * traffic; `manual` is a person's wish for the last good release. `onlyOf`: nothing is done when another one is live by then.
 */
export const RollbackInput = v.variant('kind', [
  v.object({ kind: v.literal('undo'), service: ServiceName, releaseId: ReleaseId, requestedBy: Actor, failed: Failed }),
  v.object({
    kind: v.literal('manual'),
    service: ServiceName,
    requestedBy: Actor,
    reason: v.string(),
    onlyOf: v.exactOptional(ReleaseId),
  }),
]);
export type RollbackInput = v.InferOutput<typeof RollbackInput>;

/** What a rollback will do, decided once. */
export const UndoPlan = v.object({
  service: ServiceName,
  /** The release that is taken back. */
  releaseId: ReleaseId,
  reason: v.string(),
  /** True when what happened speaks against the version itself, so it must never come back. */
  foundBad: v.boolean(),
  from: Placement,
  to: Target,
  /** The target's slot may be empty and is filled before traffic goes there. Never true for a running release. */
  fill: v.boolean(),
  firstBadAt: v.nullable(Instant),
  floor: v.number(),
  smokePath: v.string(),
  policy: ReleasePolicy,
});
export type UndoPlan = v.InferOutput<typeof UndoPlan>;

/** Nothing to do is an answer too: the release never had the service, or its end is already on record. */
export const TargetChoice = v.variant('action', [
  v.object({ action: v.literal('undo'), undo: UndoPlan }),
  v.object({ action: v.literal('none'), reason: v.string() }),
]);
export type TargetChoice = v.InferOutput<typeof TargetChoice>;

/** What requests showed after the undo. `timeToSafeMs`: from the start of the first bad bucket, where one is known. */
export const Verified = v.object({ verifiedAt: Instant, timeToSafeMs: v.nullable(v.number()), requests: v.number() });
export type Verified = v.InferOutput<typeof Verified>;
