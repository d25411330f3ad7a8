import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { expect, test } from '@jest/globals';
import { eksConnection } from '../../lib/adapters/kubernetes/connection.ts';
import { endpoint, uniqueName } from './account.ts';

const client = new EKSClient();

const newCluster = async () => {
  const name = uniqueName('main');
  const roleArn = 'arn:aws:iam::123456789012:role/cluster';
  const made = await client.send(
    new CreateClusterCommand({ name, roleArn, resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] } }),
  );
  return { name, endpoint: made.cluster?.endpoint };
};

test('a connection leads to the endpoint of the cluster', async () => {
  const cluster = await newCluster();
  const { endpoint: found, ca } = await eksConnection(cluster.name)();
  expect(found).toBe(cluster.endpoint);
  expect(ca.length).toBeGreaterThan(0);
});

test('a cluster that does not exist keeps its cause', async () => {
  await expect(eksConnection('nowhere')()).rejects.toMatchObject({ cause: { name: 'ResourceNotFoundException' } });
});

test('STS tells whom the token belongs to, as the authenticator of the cluster asks it', async () => {
  const cluster = await newCluster();
  const { token } = await eksConnection(cluster.name)();
  const presigned = new URL(Buffer.from(token.replace('k8s-aws-v1.', ''), 'base64url').toString());
  // The server finds the service by the scope of the signature, which real STS finds in the address.
  const authorization = `AWS4-HMAC-SHA256 Credential=${presigned.searchParams.get('X-Amz-Credential')}`;
  const headers = { authorization, 'x-k8s-aws-id': cluster.name };
  const answer = await fetch(`${endpoint()}/${presigned.search}`, { headers });
  expect(await answer.text()).toMatch(/<Arn>arn:aws:sts::\d{12}:/);
});
