import { expect, test } from '@jest/globals';
import { aBus } from './support.ts';

test('a message reaches a function in the shape of SNS', async () => {
  const { bus, invocations, pass } = aBus();
  const attributes = { severity: { DataType: 'Number', StringValue: '5' } };
  const id = bus.publishToTopic('alarms', { message: 'help', subject: 'S', attributes });
  await pass(0);
  expect(invocations).toMatchObject([
    {
      key: 'onAlarm',
      payload: {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            EventSubscriptionArn: expect.stringContaining('arn:aws:sns:eu-west-1:000000000000:alarms:'),
            Sns: {
              Type: 'Notification',
              MessageId: id,
              TopicArn: 'arn:aws:sns:eu-west-1:000000000000:alarms',
              Subject: 'S',
              Message: 'help',
              Timestamp: '2026-05-01T10:00:00.000Z',
              MessageAttributes: { severity: { Type: 'Number', Value: '5' } },
            },
          },
        ],
      },
    },
  ]);
});

test.each([
  ['a number that passes', { severity: { DataType: 'Number', StringValue: '5' } }, 1],
  ['a number that does not', { severity: { DataType: 'Number', StringValue: '3' } }, 0],
  ['a text of digits', { severity: { DataType: 'String', StringValue: '5' } }, 0],
  ['one of a list', { severity: { DataType: 'String.Array', StringValue: '[1, 5]' } }, 1],
  ['no attribute', {}, 0],
])('a filter policy over attributes: %s', async (_, attributes, count) => {
  const { bus, invocations, pass } = aBus();
  bus.publishToTopic('filtered', { message: 'x', attributes });
  await pass(0);
  expect(invocations).toHaveLength(count);
});

test.each([
  ['{"alert":{"status":"firing"}}', 1],
  ['{"alert":{"status":"resolved"}}', 0],
  ['not JSON', 0],
])('a filter policy over the body: %s', async (message, count) => {
  const { bus, invocations, pass } = aBus();
  bus.publishToTopic('bodies', { message });
  await pass(0);
  expect(invocations).toHaveLength(count);
});
