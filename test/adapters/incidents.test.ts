import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { failure } from '../contracts/good.ts';
import { aChange, anIncident } from '../contracts/incidents.contract.ts';

/* What the port's words do not tell: what DynamoDB is asked for, and what it answers when writers meet. */
const dynamo = mockClient(DynamoDBDocumentClient);
const incidents = dynamoIncidents.create({ CONTROL_TABLE: 'control' });
const endedAt = '2026-05-01T10:09:00.000Z';
const openPointer = { pk: 'incident#open', sk: '2026-05-01T10:01:00.000Z#remedy-1' };

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
});
afterEach(() => {
  dynamo.reset();
});

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'why',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const has = (...items: ReturnType<typeof anIncident>[]) => {
  for (const item of items) {
    const Key = { pk: `incident#${item.id}`, sk: 'incident' };
    dynamo.on(GetCommand, { Key }).resolves({ Item: { ...item, ...Key } });
  }
};

test('one that ends leaves the list of those that are open, in the same transaction', async () => {
  has(anIncident());
  dynamo.on(TransactWriteCommand).resolves({});
  await incidents.change('remedy-1', { status: 'resolved', endedAt });
  const [update, removal] = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems ?? [];
  expect(update?.Update).toMatchObject({
    Key: { pk: 'incident#remedy-1', sk: 'incident' },
    ConditionExpression: 'attribute_not_exists(#endedAt)',
  });
  expect(removal).toEqual({ Delete: { TableName: 'control', Key: openPointer } });
});

test('a change of nothing asks for no write', async () => {
  has(anIncident());
  await incidents.change('remedy-1', {});
  expect(dynamo.commandCalls(UpdateCommand)).toEqual([]);
});

test('an end that was read too early for the list is read past', async () => {
  const pointers = [1, 2, 3].map((at) => ({ id: `remedy-${at}`, pk: 'incident#open', sk: String(at) }));
  dynamo.on(QueryCommand).callsFake(({ Limit, ExpressionAttributeValues }) => ({
    Items: pointers.filter(({ sk }) => sk > ExpressionAttributeValues[':after']).slice(0, Limit),
  }));
  has(anIncident({ endedAt }), anIncident({ id: 'remedy-2' }), anIncident({ id: 'remedy-3' }));
  expect((await incidents.unended(2)).map(({ id }) => id)).toEqual(['remedy-2', 'remedy-3']);
});

test('a change of an alarm is dropped after 100 days', async () => {
  dynamo.on(TransactWriteCommand).resolves({});
  await incidents.keepChange(aChange({ at: '2026-05-01T10:00:00.000Z' }));
  const [put] = dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems ?? [];
  expect(put?.Put?.Item?.expiresAt).toBe(Date.parse('2026-08-09T10:00:00.000Z') / 1000);
});

test('two that open at once: who met the other is given what the other kept', async () => {
  has(anIncident());
  dynamo
    .on(TransactWriteCommand)
    .rejectsOnce(cancelled('TransactionConflict', 'None'))
    .rejectsOnce(cancelled('ConditionalCheckFailed', 'None'));
  expect(await incidents.open(anIncident({ status: 'asking' }))).toEqual(anIncident());
});

test('a change that meets an end is tried again', async () => {
  has(anIncident());
  const met = Object.assign(new Error('met'), { name: 'TransactionConflictException' });
  dynamo.on(UpdateCommand).rejectsOnce(met).resolves({});
  await incidents.change('remedy-1', { status: 'asking' });
  expect(dynamo.commandCalls(UpdateCommand)).toHaveLength(2);
});

test('who always meets another says so', async () => {
  dynamo.on(TransactWriteCommand).rejects(cancelled('TransactionConflict', 'None'));
  await expect(incidents.open(anIncident())).rejects.toEqual(failure('WriteConflict'));
  expect(dynamo.commandCalls(TransactWriteCommand)).toHaveLength(5);
});

test('a table that is overloaded is not asked again at once', async () => {
  dynamo.on(TransactWriteCommand).rejects(cancelled('TransactionConflict', 'ThrottlingError'));
  await expect(incidents.open(anIncident())).rejects.toEqual(failure('DependencyThrottled'));
  expect(dynamo.commandCalls(TransactWriteCommand)).toHaveLength(1);
});
