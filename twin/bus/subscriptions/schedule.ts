import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { busEvent, timeText } from '../events/event.ts';
import { parseSchedule } from '../schedule/parse.ts';
import { inputOptions, shapeOf } from './input.ts';
import { parsed, type ReadTrigger, type Subscriber } from './subscriber.ts';
import type { TimedRule } from './types.ts';

const text = v.pipe(v.string(), v.minLength(1));

const Options = v.strictObject({
  rate: v.pipe(v.array(text), v.minLength(1)),
  enabled: v.optional(v.boolean(), true),
  name: v.optional(text),
  description: v.optional(text),
  method: v.optional(v.picklist(['eventBus', 'scheduler']), 'eventBus'),
  timezone: v.optional(text),
  groupName: v.optional(text, 'default'),
  // Permissions: the twin has none to check.
  roleArn: v.optional(text),
  ...inputOptions,
});
type Options = v.InferOutput<typeof Options>;
/** `schedule:` — rules of EventBridge, or schedules of EventBridge Scheduler with `method: scheduler`. */
export const readSchedule: ReadTrigger = (value, subscriber) => {
  const options = parsed(Options, typeof value === 'string' ? { rate: [value] } : value);
  const { rate, enabled, method } = options;
  if (method === 'eventBus' && options.timezone) throw new Error('timezone: only with method: scheduler');
  if (method === 'scheduler' && (options.inputPath ?? options.inputTransformer)) {
    throw new Error('inputPath and inputTransformer: not with method: scheduler');
  }
  const read = method === 'scheduler' ? schedulerSchedule : ruleSchedule;
  const timed = rate.map((expression, at) =>
    read(expression, options, { ...subscriber, name: `${subscriber.name}-${at}` }),
  );
  return enabled ? { timed } : {};
};

type Named = { name?: string | undefined } & Parameters<typeof shapeOf>[0];

const idOf = ({ key, index, name }: Subscriber): string => `${key}/${index}/${name}`;

/** A rule of EventBridge with a schedule: its target gets a `Scheduled Event`. */
export const ruleSchedule = (expression: string, options: Named, subscriber: Subscriber): TimedRule => {
  const { origin, key, name } = subscriber;
  const shape = shapeOf(options);
  const rule = `arn:aws:events:${origin.region}:${origin.accountId}:rule/${options.name ?? `${name}-rule-${subscriber.index}`}`;
  const event = { source: 'aws.events', detailType: 'Scheduled Event', resources: [rule], detail: {} };
  return {
    id: idOf(subscriber),
    expression,
    schedule: parseSchedule(expression),
    target: key,
    payload: (dueMs, nowMs) => shape(busEvent({ ...event, timeMs: dueMs }, origin, nowMs)),
  };
};

/**
 * A schedule of EventBridge Scheduler: its target gets the input with Scheduler's own placeholders filled in, or else a
 * `Scheduled Event` whose detail is the text `{}`. Source: Scheduler user guide, "Adding context attributes".
 */
const schedulerSchedule = (expression: string, options: Options, subscriber: Subscriber): TimedRule => {
  const { origin, key, name } = subscriber;
  const { timezone, input, groupName } = options;
  const arn = `arn:aws:scheduler:${origin.region}:${origin.accountId}:schedule/${groupName}/${options.name ?? name}`;
  const event = { source: 'aws.scheduler', detailType: 'Scheduled Event', resources: [arn], detail: '{}' };
  const given = input === undefined ? undefined : JSON.stringify(shapeOf({ input })({}));
  return {
    id: idOf(subscriber),
    expression: timezone ? `${expression} ${timezone}` : expression,
    schedule: parseSchedule(expression, timezone),
    target: key,
    payload: (dueMs, nowMs) =>
      given === undefined ? busEvent({ ...event, timeMs: dueMs }, origin, nowMs) : filled(given, arn, dueMs),
  };
};

const filled = (input: string, arn: string, dueMs: number): unknown => {
  const values: Record<string, string> = {
    'schedule-arn': arn,
    'scheduled-time': timeText(dueMs),
    'execution-id': randomUUID(),
    'attempt-number': '1',
  };
  return JSON.parse(input.replace(/<aws\.scheduler\.([a-z-]+)>/g, (text, name: string) => values[name] ?? text));
};
