import * as v from 'valibot';
import { compileFilter } from '../sns/filter.ts';
import { parsed, type ReadTrigger } from './subscriber.ts';

const text = v.pipe(v.string(), v.minLength(1));
const Options = v.pipe(
  v.strictObject({
    topicName: v.optional(text),
    arn: v.optional(text),
    displayName: v.optional(text),
    filterPolicy: v.optional(v.record(v.string(), v.unknown())),
    filterPolicyScope: v.optional(v.picklist(['MessageAttributes', 'MessageBody']), 'MessageAttributes'),
    // Governs the way from the topic to the function's queue. Here that is one transaction, which cannot fail.
    redrivePolicy: v.optional(v.record(v.string(), v.unknown())),
  }),
  v.check(({ topicName, arn }) => topicName !== undefined || arn !== undefined, 'expected topicName or arn'),
);

/** `sns:` — a subscription of a topic, by name or ARN, with or without a filter policy. */
export const readSns: ReadTrigger = (value, { key, origin }) => {
  const { topicName, arn, filterPolicy, filterPolicyScope } = parsed(Options, optionsOf(value));
  const topic = topicName ?? arn?.split(':').at(-1) ?? '';
  const accepts = filterPolicy ? compileFilter(filterPolicy, filterPolicyScope) : () => true;
  const topicArn = arn ?? `arn:aws:sns:${origin.region}:${origin.accountId}:${topic}`;
  return { topics: [{ topic, arn: topicArn, accepts, target: key }] };
};

const optionsOf = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  return value.startsWith('arn:') ? { arn: value } : { topicName: value };
};
