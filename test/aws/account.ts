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

/** There is no EC2 client among the dependencies, and one read is all that is needed of it. */
export const describeEc2 = async (Action: string, id: RegExp): Promise<string[]> => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=testing/20260501/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=x';
  const body = new URLSearchParams({ Action, Version: '2016-11-15' });
  const answer = await fetch(endpoint(), { method: 'POST', headers: { authorization }, body });
  return [...new Set((await answer.text()).match(id))];
};

/** Enough for a load balancer. */
export const someSubnets = async (): Promise<string[]> =>
  (await describeEc2('DescribeSubnets', /subnet-[0-9a-f]+/g)).slice(0, 2);
