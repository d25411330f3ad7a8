import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Names of one test never meet those of another: the server is shared. */
export const uniqueName = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 8)}`;

const dynamodb = new DynamoDBClient();

/** A control table, empty, as serverless.yml declares it. Its settings. */
export const newControlTable = async (): Promise<{ CONTROL_TABLE: string }> => {
  const TableName = uniqueName('control');
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  return { CONTROL_TABLE: TableName };
};

/** The address of the AWS under test. A run without it must fail here, not on a real account. */
export const endpoint = (): string => {
  const url = process.env.AWS_ENDPOINT_URL;
  if (!url?.startsWith('http://127.0.0.1:')) throw new Error('run these tests with: npm run test:aws');
  return url;
};
endpoint();
