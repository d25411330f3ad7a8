import * as v from 'valibot';
import { DrillPhases, DrillPlan, DrillRequest } from './drill.ts';
import { Instant } from './instant.ts';
import { RecoveryPolicy } from './recovery-policy.ts';
import { Failed } from './rollback.ts';
import { Check } from './verdict.ts';

/** What reading a whole copy came to. */
export const Verified = v.object({ checks: v.array(Check), newestSentinel: v.optional(Instant), verifiedAt: Instant });
export type Verified = v.InferOutput<typeof Verified>;

/**
 * Everything that a drill's run knows at its end. Without a plan nothing was made. `failed`: what kept it from a verdict. `stuck`:
 * what kept the copy from being removed.
 */
export const DrillEnd = v.object({
  wish: DrillRequest,
  plan: v.nullable(DrillPlan),
  policy: v.nullable(RecoveryPolicy),
  phases: DrillPhases,
  verified: v.nullable(Verified),
  failed: v.nullable(Failed),
  stuck: v.nullable(Failed),
});
export type DrillEnd = v.InferOutput<typeof DrillEnd>;
