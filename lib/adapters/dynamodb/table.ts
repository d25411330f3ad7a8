import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { setting } from '../../runtime/config.ts';
import { calling } from '../aws/failures.ts';
import { dynamoClient } from './client.ts';

/** The one table of the control plane: partition key `pk`, sort key `sk`, both text. */
export const tableSetting = { CONTROL_TABLE: setting };

export type Key = { pk: string; sk: string };
export type Item = Key & Record<string, unknown>;
type Update = { set: string; when?: string; names?: Record<string, string>; values: Record<string, unknown> };
export type Range = Pick<
  QueryCommandInput,
  'KeyConditionExpression' | 'ExpressionAttributeValues' | 'ScanIndexForward' | 'FilterExpression'
>;

const dependency = 'DynamoDB';

/** What the adapters need of DynamoDB. All reads are strongly consistent: a decision on yesterday's lease is worse than a slow one. */
export const tableNamed = (TableName: string) => {
  const client = dynamoClient();

  const get = async (key: Key): Promise<Item | undefined> => {
    const command = new GetCommand({ TableName, Key: key, ConsistentRead: true });
    const found = await calling(dependency, () => client.send(command));
    return found.Item as Item | undefined;
  };

  /** The item after the change, made if it was not there; undefined when the condition refused it. */
  const update = async (key: Key, { set, when, names, values }: Update): Promise<Item | undefined> => {
    const command = new UpdateCommand({
      TableName,
      Key: key,
      UpdateExpression: set,
      ...(when !== undefined && { ConditionExpression: when }),
      ...(names && { ExpressionAttributeNames: names }),
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_NEW',
    });
    const done = await calling(dependency, () => unless(refusedByCondition, () => client.send(command)));
    return done?.Attributes as Item | undefined;
  };

  /** All items or none; false when one of them is there already. */
  const putNew = async (items: readonly Item[]): Promise<boolean> => {
    const onlyIfNew = (item: Item) => ({ TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' });
    const command = new TransactWriteCommand({ TransactItems: items.map((item) => ({ Put: onlyIfNew(item) })) });
    const done = await calling(dependency, () => unless(metExistingItem, () => client.send(command)));
    return done !== undefined;
  };

  /** The first `limit` items of a range, in the order of their sort keys. */
  const query = async (range: Range, limit: number): Promise<Item[]> => {
    const items: Item[] = [];
    let next: Partial<QueryCommandInput> = {};
    do {
      const page = { TableName, ConsistentRead: true, Limit: limit - items.length, ...range, ...next };
      const found = await calling(dependency, () => client.send(new QueryCommand(page)));
      items.push(...((found.Items ?? []) as Item[]));
      next = found.LastEvaluatedKey ? { ExclusiveStartKey: found.LastEvaluatedKey } : {};
    } while (next.ExclusiveStartKey && items.length < limit);
    return items;
  };

  return { get, update, putNew, query };
};

export type Table = ReturnType<typeof tableNamed>;

const unless = async <T>(foreseen: (error: unknown) => boolean, call: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await call();
  } catch (error) {
    if (foreseen(error)) return undefined;
    throw error;
  }
};

const refusedByCondition = (error: unknown): boolean => error instanceof ConditionalCheckFailedException;

const metExistingItem = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');
