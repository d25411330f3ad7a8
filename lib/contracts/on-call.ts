import * as v from 'valibot';
import { Actor } from './names.ts';
import { days } from './playbook.ts';

const timeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day in UTC, as 02:00'));

/** Who may answer a question. */
export const Rota = v.strictObject({
  people: v.pipe(v.array(Actor), v.minLength(1, 'expected at least one person')),
});
export type Rota = v.InferOutput<typeof Rota>;

/** Whose people an alarm is given to. */
export const EscalationStep = v.strictObject({ rota: v.string() });
export const Escalation = v.pipe(v.array(EscalationStep), v.minLength(1, 'expected at least one step'));
export type Escalation = v.InferOutput<typeof Escalation>;

/** Planned work, each week: within it, playbooks ask. */
export const MaintenanceWindow = v.pipe(
  v.strictObject({
    day: v.picklist(days),
    from: timeOfDay,
    to: timeOfDay,
    reason: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  }),
  // One that lasts no time would guard nothing, and nobody would see.
  v.check(({ from, to }) => from !== to, 'expected `to` to differ from `from`: 00:00 to 23:59 is a whole day'),
);
export type MaintenanceWindow = v.InferOutput<typeof MaintenanceWindow>;
