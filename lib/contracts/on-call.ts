import * as v from 'valibot';
import { Instant, toMs } from './instant.ts';
import { Actor } from './names.ts';
import { days } from './playbook.ts';
import { wholeNumber } from './whole-number.ts';

const timeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day in UTC, as 02:00'));

/** Somebody takes the place of whoever's turn it is, from a moment until another. The last that fits counts. */
export const Override = v.pipe(
  v.strictObject({ person: Actor, from: Instant, to: Instant }),
  v.check(({ from, to }) => toMs(from) < toMs(to), 'expected `to` after `from`'),
);

/** Who may be called and may answer. They take turns of `turnDays` in their order; the first turn of the first began at `from`. */
export const Rota = v.strictObject({
  people: v.pipe(v.array(Actor), v.minLength(1, 'expected at least one person')),
  turnDays: wholeNumber(1, 366),
  from: Instant,
  overrides: v.optional(v.array(Override), []),
});
export type Rota = v.InferOutput<typeof Rota>;

/** Whoever's turn it is in `rota` is called so long after the incident was escalated, if nobody has acknowledged it by then. */
export const EscalationStep = v.strictObject({ rota: v.string(), afterSeconds: wholeNumber(0, 86_400) });
export type EscalationStep = v.InferOutput<typeof EscalationStep>;
/** Each step is later than the one before it, and the first is at once. */
export const Escalation = v.pipe(
  v.array(EscalationStep),
  v.minLength(1, 'expected at least one step'),
  v.maxLength(8, 'expected at most 8 steps'),
);
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
