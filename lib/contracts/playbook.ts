import * as v from 'valibot';
import { Action } from './action.ts';
import { patternProblem } from './pattern.ts';
import { wholeNumber } from './whole-number.ts';

const name = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]{0,29}$/, 'expected 1-30 lower-case letters, digits or hyphens'),
);
const text = v.pipe(v.string(), v.maxLength(300));
/** A field of an alarm: `name`, `state`, `source`, `says`, `resource.kind`, `resource.id`, `resource.service`, `labels.<name>`, `at`. */
const field = v.pipe(
  v.string(),
  v.regex(
    /^(name|state|source|says|at|resource\.(kind|id|service)|labels\..{1,100})$/,
    'expected a field of an alarm, as labels.severity',
  ),
);

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { field: string; equals: string }
  | { field: string; in: string[] }
  | { field: string; matches: string }
  | { field: string; startsWith: string }
  | { field: string; exists: boolean }
  | { field: string; above: number }
  | { field: string; below: number }
  /** A time of day in UTC, and days of the week, of the moment `at`. */
  | { between: { from: string; to: string; days?: string[] | undefined } };

export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const timeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day in UTC, as 02:00'));
/** A pattern of JavaScript that is done soon on whatever text comes. */
const pattern = v.pipe(
  v.string(),
  v.maxLength(200),
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? patternProblem(dataset.value) : undefined;
    if (problem) addIssue({ message: problem });
  }),
);
const nested = v.lazy((): v.GenericSchema<Condition> => Condition);
const some = v.pipe(v.array(nested), v.minLength(1, 'expected at least one condition'));

/** With what editors show of it. */
const told = <T extends v.GenericSchema>(says: string, schema: T) => v.pipe(schema, v.description(says));

export const Condition: v.GenericSchema<Condition> = v.union([
  told('Each of them holds.', v.strictObject({ all: some })),
  told('At least one of them holds.', v.strictObject({ any: some })),
  told('It does not hold, also where its field is missing.', v.strictObject({ not: nested })),
  told('The field is this text.', v.strictObject({ field, equals: text })),
  told('The field is one of these texts.', v.strictObject({ field, in: v.pipe(v.array(text), v.minLength(1)) })),
  told('A pattern of JavaScript fits somewhere in the field.', v.strictObject({ field, matches: pattern })),
  told('The field begins with this text.', v.strictObject({ field, startsWith: text })),
  told('Whether the field is there.', v.strictObject({ field, exists: v.boolean() })),
  told('The field is a number above this one.', v.strictObject({ field, above: v.number() })),
  told('The field is a number below this one.', v.strictObject({ field, below: v.number() })),
  told(
    'The alarm changed within these times of day in UTC, on these days or on all.',
    v.strictObject({
      between: v.pipe(
        v.strictObject({ from: timeOfDay, to: timeOfDay, days: v.optional(v.array(v.picklist(days))) }),
        v.check(({ from, to }) => from !== to, 'expected `to` to differ from `from`'),
      ),
    }),
  ),
]);

/** What must hold for an act to have helped, looked at once in each period. */
export const Success = v.variant('kind', [
  /** The alarm itself is over. */
  v.strictObject({ kind: v.literal('alarm-over') }),
  /** Failed requests of the resource's service, as a share of all in the period; no traffic is no answer. */
  v.strictObject({ kind: v.literal('error-rate-below'), share: v.pipe(v.number(), v.gtValue(0), v.ltValue(1)) }),
]);
export type Success = v.InferOutput<typeof Success>;

/** One act and how it is seen to have helped. `periods`: so many in a row, each of `periodSeconds`, after `settleSeconds`. */
export const Rung = v.strictObject({
  act: Action,
  settleSeconds: v.optional(wholeNumber(0, 3600), 0),
  periodSeconds: v.optional(wholeNumber(10, 3600), 10),
  periods: v.optional(wholeNumber(1, 60), 3),
  /** After so many periods without success in a row the next rung is tried. */
  patience: v.optional(wholeNumber(1, 240), 12),
});
export type Rung = v.InferOutput<typeof Rung>;

/** How often, and on how much at once. All must allow; what cannot be told asks. */
export const GuardPolicy = v.strictObject({
  /** Between two acts on one resource, whatever the playbook. */
  resourceCooldownSeconds: wholeNumber(0, 86_400),
  /** Between two acts of this playbook, on whatever resource. */
  playbookCooldownSeconds: wholeNumber(0, 86_400),
  /** Acts on one resource within the window; the one after it opens the resource's breaker. */
  attempts: v.strictObject({ most: wholeNumber(1, 100), withinSeconds: wholeNumber(60, 604_800) }),
  /** Changes of the alarm within the window; at so many it flaps, and an act would chase it. */
  flapping: v.strictObject({ changes: wholeNumber(2, 1000), withinSeconds: wholeNumber(60, 86_400) }),
  /** Resources of this kind that may be acted on within the window. */
  fleet: v.strictObject({ most: wholeNumber(1, 10_000), withinSeconds: wholeNumber(60, 86_400) }),
});
export type GuardPolicy = v.InferOutput<typeof GuardPolicy>;

export const Playbook = v.strictObject({
  name,
  match: Condition,
  /** Tried in order, each only when the one before did not help. */
  rungs: v.pipe(v.array(Rung), v.minLength(1, 'expected at least one rung'), v.maxLength(8)),
  success: Success,
  guards: v.string(),
  /** `shadow` decides and does nothing; `ask` waits for a person each time; `act` asks only where a guard does. */
  mode: v.picklist(['shadow', 'ask', 'act']),
  /** How long a question may wait. Nobody answered: denied, and escalated. */
  approvalSeconds: wholeNumber(60, 86_400),
  escalation: v.string(),
});
export type Playbook = v.InferOutput<typeof Playbook>;
