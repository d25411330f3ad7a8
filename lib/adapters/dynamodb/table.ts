import {
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { setting } from '../../runtime/config.ts';
import { calling } from '../aws/failures.ts';
import { dynamoClient } from './client.ts';
import { againstOthers, refusedByCondition, unless } from './conflicts.ts';

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

  const changing = (key: Key, { set, when, names, values }: Update) => ({
    TableName,
    Key: key,
    UpdateExpression: set,
    ...(when !== undefined && { ConditionExpression: when }),
    ...(names && { ExpressionAttributeNames: names }),
    ExpressionAttributeValues: values,
  });

  /** Undefined when a condition refused it. */
  const writing = <T>(send: () => Promise<T>): Promise<T | undefined> =>
    calling(dependency, () => unless(refusedByCondition, () => againstOthers(send)));

  /** All of it or none. */
  const together = async (TransactItems: TransactWriteCommandInput['TransactItems']): Promise<boolean> =>
    (await writing(() => client.send(new TransactWriteCommand({ TransactItems })))) !== undefined;

  /** The item after the change, made if it was not there; undefined when the condition refused it. */
  const update = async (key: Key, change: Update): Promise<Item | undefined> => {
    const command = new UpdateCommand({ ...changing(key, change), ReturnValues: 'ALL_NEW' });
    return (await writing(() => client.send(command)))?.Attributes as Item | undefined;
  };

  /** All items or none; false when one of them is there already. */
  const putNew = (items: readonly Item[]): Promise<boolean> => {
    const onlyIfNew = (item: Item) => ({ TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' });
    return together(items.map((item) => ({ Put: onlyIfNew(item) })));
  };

  /** Changes one item and removes another, both or none; false when the condition refused it. */
  const updateAndRemove = (key: Key, change: Update, gone: Key): Promise<boolean> =>
    together([{ Update: changing(key, change) }, { Delete: { TableName, Key: gone } }]);

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

  return { get, update, putNew, updateAndRemove, query };
};

export type Table = ReturnType<typeof tableNamed>;
