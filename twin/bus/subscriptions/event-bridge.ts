import * as v from 'valibot';
import { compilePattern } from '../pattern/index.ts';
import { inputOptions, shapeOf } from './input.ts';
import { ruleSchedule } from './schedule.ts';
import { parsed, type ReadTrigger } from './subscriber.ts';

const text = v.pipe(v.string(), v.minLength(1));

const EventBridgeTrigger = v.strictObject({
  eventBus: v.optional(text, 'default'),
  name: v.optional(text),
  description: v.optional(text),
  enabled: v.optional(v.boolean(), true),
  pattern: v.optional(v.record(v.string(), v.unknown())),
  schedule: v.optional(text),
  ...inputOptions,
  // Both govern the way from the rule to the function's queue. Here that is one transaction, which cannot fail.
  retryPolicy: v.optional(v.record(v.string(), v.unknown())),
  deadLetterQueueArn: v.optional(text),
});

/** A bus by its name or ARN. */
export const busName = (bus: string): string => (bus.startsWith('arn:') ? (bus.split('/').at(-1) ?? bus) : bus);

/** `eventBridge:` — a rule with a pattern, or one with a schedule. */
export const readEventBridge: ReadTrigger = (value, subscriber) => {
  const trigger = parsed(EventBridgeTrigger, value);
  const { pattern, schedule, enabled, eventBus } = trigger;
  if ((pattern === undefined) === (schedule === undefined)) throw new Error('expected either pattern or schedule');
  if (schedule !== undefined) return enabled ? { timed: [ruleSchedule(schedule, trigger, subscriber)] } : {};
  const rule = {
    bus: busName(eventBus),
    matches: compilePattern(pattern),
    target: subscriber.key,
    shape: shapeOf(trigger),
  };
  return enabled ? { rules: [rule] } : {};
};
