import * as v from 'valibot';
import { Instant } from './instant.ts';
import { Actor } from './names.ts';
import { days } from './playbook.ts';
import { wholeNumber } from './whole-number.ts';

const timeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day in UTC, as 02:00'));

/** Who is asked, by turns of `turnHours` since `since`, in order, over and over. */
export const Rota = v.strictObject({
  people: v.pipe(v.array(Actor), v.minLength(1, 'expected at least one person')),
  since: Instant,
  turnHours: wholeNumber(1, 744),
});
export type Rota = v.InferOutput<typeof Rota>;

/** Whom to tell, and when the next is told if nobody has acknowledged. `afterSeconds` counts from the beginning. */
export const EscalationStep = v.strictObject({ afterSeconds: wholeNumber(0, 86_400), rota: v.string() });
export const Escalation = v.pipe(v.array(EscalationStep), v.minLength(1, 'expected at least one step'));
export type Escalation = v.InferOutput<typeof Escalation>;

/** Work that was told beforehand: within it, playbooks ask. Each week. */
export const MaintenanceWindow = v.strictObject({
  day: v.picklist(days),
  from: timeOfDay,
  to: timeOfDay,
  /** People are told so long before. */
  noticeHours: wholeNumber(0, 168),
  reason: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
});
export type MaintenanceWindow = v.InferOutput<typeof MaintenanceWindow>;
