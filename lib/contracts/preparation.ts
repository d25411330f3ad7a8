import * as v from 'valibot';
import { ReleaseId, ServiceName, Slot } from './names.ts';
import { ReleasePolicy } from './policy.ts';
import { Placement } from './release.ts';

/** What the preparation machine needs to make a slot ready for traffic, for a deployment or for a rollback to an empty slot. */
export const Preparation = v.object({
  service: ServiceName,
  releaseId: ReleaseId,
  target: Placement,
  /** The slot whose capacity must be matched before traffic may move. */
  besideSlot: Slot,
  floor: v.number(),
  smokePath: v.string(),
  policy: ReleasePolicy,
  /** Whether the undo is drilled at the end. */
  drill: v.boolean(),
  token: v.number(),
});
export type Preparation = v.InferOutput<typeof Preparation>;
