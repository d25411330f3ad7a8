import * as v from 'valibot';
import { Instant } from './instant.ts';
import { Actor, RequestId } from './names.ts';
import { Failed } from './rollback.ts';

/** Look whether anything was lost. */
export const ReconcileWish = v.strictObject({ requestedBy: Actor, requestId: RequestId });
export type ReconcileWish = v.InferOutput<typeof ReconcileWish>;

/** Also the name of the run. */
export const reconcileNameOf = (requestId: RequestId): string => `reconcile-${requestId}`;

/** A run that ended badly, and nobody did what its end asks for. */
export const LostRun = v.object({
  kind: v.literal('lost-run'),
  machine: v.picklist(['deployment', 'rollback', 'backup', 'remediation']),
  name: v.string(),
});
export type LostRun = v.InferOutput<typeof LostRun>;

/** A lease whose holder is over. */
export const LeftLease = v.object({
  kind: v.literal('left-lease'),
  resource: v.string(),
  holder: v.string(),
  token: v.number(),
});
export type LeftLease = v.InferOutput<typeof LeftLease>;

/** An alarm of CloudWatch that a playbook knows fires, and its change never arrived. */
export const UnheardAlarm = v.object({ kind: v.literal('unheard-alarm'), alarm: v.string(), since: Instant });
export type UnheardAlarm = v.InferOutput<typeof UnheardAlarm>;

/** Traffic is not where the record of releases says. */
export const Drift = v.object({ kind: v.literal('drift'), service: v.string() });
export type Drift = v.InferOutput<typeof Drift>;

/** Something that is not as it should be. It names what to look at again, and not what was seen: that may have passed. */
export const Finding = v.variant('kind', [LostRun, LeftLease, UnheardAlarm, Drift]);
export type Finding = v.InferOutput<typeof Finding>;

/**
 * What a look came to. `more`: found beside those, and left to the next look. `blind`: what could not be read. `oldestMessageSeconds`:
 * for how long the oldest message has waited to be told, 0 when none does.
 */
export const Looked = v.object({
  findings: v.array(Finding),
  more: v.number(),
  blind: v.array(v.string()),
  oldestMessageSeconds: v.number(),
});
export type Looked = v.InferOutput<typeof Looked>;

/** Everything that a run knows at its end. */
export const Reconciled = v.object({ looked: v.nullable(Looked), mended: v.number(), failed: v.nullable(Failed) });
export type Reconciled = v.InferOutput<typeof Reconciled>;
