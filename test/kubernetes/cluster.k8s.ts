import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { eksPods } from '../../lib/adapters/kubernetes/pods.ts';
import { describeCluster } from '../contracts/cluster.contract.ts';
import { digestOf, failure } from '../contracts/good.ts';
import { describePods } from '../contracts/pods.contract.ts';
import { type ApiServer, startApiServer } from './api-server.ts';
import { applyManifests, newNamespace, settle } from './slots.ts';

const service = 'shop';
const crashing = digestOf('f');
let api: ApiServer;
let namespaces = 0;

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
  });
  api = await startApiServer();
  const certificateAuthority = { data: Buffer.from(api.ca).toString('base64') };
  mockClient(EKSClient)
    .on(DescribeClusterCommand)
    .resolves({ cluster: { endpoint: api.endpoint, certificateAuthority } });
});
afterAll(() => api.stop());

const clusterIn = (CLUSTER_NAMESPACE: string) =>
  eksCluster.create({
    CLUSTER_NAME: 'main',
    CLUSTER_NAMESPACE,
    IMAGE_REGISTRY: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
    IMAGE_REPOSITORY_PREFIX: 'evenkeel/',
  });

const newWorld = async () => {
  namespaces += 1;
  const namespace = `test-${namespaces}`;
  await newNamespace(api, namespace);
  await applyManifests(api, namespace, service);
  return { port: clusterIn(namespace), namespace };
};

describeCluster('a real API server', async () => {
  const { port, namespace } = await newWorld();
  const settled = (slot: string) => settle(api, namespace, `${service}-${slot}`, crashing);
  return { port, service, good: digestOf('a'), better: digestOf('b'), crashing, settled };
});

describePods('a real API server', async () => {
  const { port, namespace } = await newWorld();
  const pods = eksPods.create({ CLUSTER_NAME: 'main', CLUSTER_NAMESPACE: namespace });
  const settled = (slot: string) => settle(api, namespace, `${service}-${slot}`, crashing);
  return { port: pods, cluster: port, service, good: digestOf('a'), settled };
});

test('of many writers at once the one with the largest token has the last word', async () => {
  const { port } = await newWorld();
  const tokens = [3, 1, 5, 2, 4];
  await Promise.allSettled(tokens.map((token) => port.pinFloor(service, 'green', token, token)));
  expect(await port.slot(service, 'green')).toMatchObject({ floor: 5 });
});

test('filling leaves the other containers of the manifest as they are', async () => {
  const { port, namespace } = await newWorld();
  await port.fill(service, 'green', { digest: digestOf('a'), replicas: 2 }, 1);
  const deployment = await api.admin('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/shop-green`);
  expect(deployment).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            { name: 'proxy', image: 'proxy:1' },
            { name: 'shop', ports: [{ containerPort: 8080 }] },
          ],
        },
      },
    },
  });
});

test('a namespace in which it has no role is closed', async () => {
  await expect(clusterIn('default').slot(service, 'green')).rejects.toEqual(failure('AccessDenied'));
});

test('a floor above what the autoscaler allows is refused with the reason', async () => {
  const { port } = await newWorld();
  await expect(port.pinFloor(service, 'green', 11, 1)).rejects.toThrow(/Invalid.*maxReplicas/);
});
