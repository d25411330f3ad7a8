import type { Service } from '../../contracts/catalog.ts';
import type { DeployWish } from '../../contracts/events.ts';
import type { Instant } from '../../contracts/instant.ts';
import { otherSlot, releaseIdOf } from '../../contracts/names.ts';
import type { ReleasePolicy } from '../../contracts/policy.ts';
import type { LiveRelease, Plan, Release } from '../../contracts/release.ts';

/** What a plan is made of. */
export type PlanFacts = { wish: DeployWish; service: Service; policy: ReleasePolicy; live: LiveRelease; now: Instant };

/** The new release goes to the slot that does not serve; the way back is what serves now. */
export const planRelease = ({ wish, service, policy, live, now }: PlanFacts): Plan => ({
  releaseId: releaseIdOf(wish.service, wish.requestId),
  requestId: wish.requestId,
  service: wish.service,
  digest: wish.digest,
  requestedBy: wish.requestedBy,
  plannedAt: now,
  floor: service.floor,
  smokePath: service.smokePath,
  idleSlot: otherSlot(live.slot),
  live: { slot: live.slot, digest: live.digest, releaseId: live.releaseId },
  policy,
});

/** The record of a release that has just been planned by the execution `run`. */
export const releaseOf = (plan: Plan, run: string): Release => ({
  releaseId: plan.releaseId,
  service: plan.service,
  digest: plan.digest,
  slot: plan.idleSlot,
  requestedBy: plan.requestedBy,
  status: 'planned',
  plannedAt: plan.plannedAt,
  undo: plan.live,
  run,
});
