import * as v from 'valibot';
import { AlarmChange } from './alarm.ts';
import { Instant } from './instant.ts';
import { Actor } from './names.ts';
import { Playbook } from './playbook.ts';
import { wholeNumber } from './whole-number.ts';

/** What the remediation machine is started with. The playbook goes with it: a catalog that changes meanwhile changes no run. */
export const RemedyWish = v.object({ change: AlarmChange, playbook: Playbook });
export type RemedyWish = v.InferOutput<typeof RemedyWish>;

export const IncidentId = v.pipe(
  v.string(),
  v.regex(/^remedy-[A-Za-z0-9-]{1,73}$/, 'expected the id of an incident, remedy-…'),
);

/** What every step of the machine is told. */
export const remedyInput = { incident: IncidentId, wish: RemedyWish };

/** Of a question whether a rung may act: the first answer stays. `none`: nobody gave one before the deadline. */
export const Answer = v.object({ answer: v.picklist(['approve', 'refuse', 'none']), by: Actor, at: Instant });
export type Answer = v.InferOutput<typeof Answer>;

/** How a run ends, and why, in words for people. */
export const RemedyEnd = v.object({
  status: v.picklist(['resolved', 'escalated', 'denied', 'linked']),
  reason: v.string(),
  /** Of the resource: this end opens it, or was brought about by one that is open. */
  breaker: v.optional(v.picklist(['opens', 'open'])),
});
export type RemedyEnd = v.InferOutput<typeof RemedyEnd>;

/** A person says why playbooks may act on a resource again. `resource`: as its incidents name it, `service/shop`. */
export const BreakerWish = v.strictObject({
  resource: v.pipe(v.string(), v.regex(/^[a-z-]+\/.{1,200}$/, 'expected a resource, as service/shop')),
  requestedBy: Actor,
  reason: v.pipe(v.string(), v.minLength(1, 'expected a reason'), v.maxLength(500)),
});
export type BreakerWish = v.InferOutput<typeof BreakerWish>;

/** A person answers the question of an incident, for the rung that was shown. */
export const RemedyAnswer = v.strictObject({
  incident: IncidentId,
  rung: wholeNumber(0, 7),
  answer: v.picklist(['approve', 'refuse']),
  answeredBy: Actor,
});
export type RemedyAnswer = v.InferOutput<typeof RemedyAnswer>;

/** A person looks after an incident from now on. */
export const Acknowledgement = v.strictObject({ incident: IncidentId, acknowledgedBy: Actor });
export type Acknowledgement = v.InferOutput<typeof Acknowledgement>;

/** What an act came to, and when to look for the first time whether it helped. */
export const Acted = v.object({ did: v.string(), lookAt: Instant });
export type Acted = v.InferOutput<typeof Acted>;

/**
 * `success`: whether the predicate held in the period that ended at `at`; left out when that cannot be told. `worse`: it was clearly worse
 * than before the act.
 */
export const Observation = v.object({
  at: Instant,
  success: v.exactOptional(v.boolean()),
  worse: v.exactOptional(v.literal(true)),
});
export type Observation = v.InferOutput<typeof Observation>;
