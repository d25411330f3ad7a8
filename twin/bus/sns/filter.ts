import { compilePattern } from '../pattern/index.ts';
import { isObject } from '../pattern/parse.ts';
import type { MessageAttribute, TopicMessage } from '../subscriptions/types.ts';

/**
 * A filter policy of SNS: the comparison language of EventBridge over the message's attributes or its JSON body. A body
 * that is no JSON object matches nothing. Errors: `InvalidEventPattern`.
 */
export const compileFilter = (
  policy: Record<string, unknown>,
  scope: 'MessageAttributes' | 'MessageBody',
): ((message: TopicMessage) => boolean) => {
  const matches = compilePattern(policy);
  if (scope === 'MessageBody') return ({ message }) => isObject(jsonOf(message)) && matches(jsonOf(message));
  return ({ attributes = {} }) =>
    matches(Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, comparable(attribute)])));
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Binary attributes cannot be compared and count as absent. */
const comparable = ({ DataType, StringValue = '' }: MessageAttribute): unknown => {
  if (DataType.startsWith('Number')) return Number(StringValue);
  if (DataType === 'String.Array') return jsonOf(StringValue);
  return DataType.startsWith('String') ? StringValue : undefined;
};
