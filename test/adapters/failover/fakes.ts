import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';

type Item = Record<string, unknown> & { token: number; revision: number };

/** The control table as far as fenced registers need it: the condition on the token, and a revision that counts writes. */
export const fakeRegisters = () => {
  const table = mockClient(DynamoDBDocumentClient);
  const items = new Map<string, Item>();
  const reset = () => {
    table.reset();
    items.clear();
    table.on(GetCommand).callsFake(({ Key }) => ({ Item: items.get(Key.pk) }));
    table.on(UpdateCommand).callsFake(({ Key, ExpressionAttributeValues }) => {
      const before = items.get(Key.pk);
      const fields = Object.entries(ExpressionAttributeValues as Record<string, unknown>)
        .filter(([name]) => name !== ':one')
        .map(([name, value]) => [name.slice(1), value]);
      const next = { ...Key, ...Object.fromEntries(fields), revision: (before?.revision ?? 0) + 1 } as Item;
      if (before && before.token > next.token)
        throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
      items.set(Key.pk, next);
      return { Attributes: next };
    });
  };
  return { reset, table };
};
