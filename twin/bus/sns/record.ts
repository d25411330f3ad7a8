import type { TopicMessage, TopicSubscription } from '../subscriptions/types.ts';

/** What a function gets of a message on a topic. Source: Lambda developer guide, "Invoking Lambda functions with SNS". */
export const snsEvent = (
  { arn, target }: TopicSubscription,
  messageId: string,
  { message, subject, attributes = {} }: TopicMessage,
  nowMs: number,
) => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: `${arn}:${target}`,
      Sns: {
        Type: 'Notification',
        MessageId: messageId,
        TopicArn: arn,
        Subject: subject ?? null,
        Message: message,
        Timestamp: new Date(nowMs).toISOString(),
        SignatureVersion: '1',
        // The twin signs nothing: Lambda trusts SNS by permission, not by signature.
        Signature: '',
        SigningCertUrl: '',
        UnsubscribeUrl: '',
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, { DataType, StringValue }]) => [
            name,
            { Type: DataType, Value: StringValue },
          ]),
        ),
      },
    },
  ],
});
