import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { eksPods } from '../../lib/adapters/kubernetes/pods.ts';
import type { Cluster } from '../../lib/ports/cluster.ts';
import { describeCluster } from '../contracts/cluster.contract.ts';
import { digestOf, failure } from '../contracts/good.ts';
import { describePods } from '../contracts/pods.contract.ts';
import { type KubernetesApi, startKubernetesApi } from '../support/kubernetes/api.ts';
import { applyManifests, paths, settle } from '../support/kubernetes/controller.ts';

const namespace = 'production';
const service = 'shop';
const settings = {
  CLUSTER_NAME: 'main',
  CLUSTER_NAMESPACE: namespace,
  IMAGE_REGISTRY: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  IMAGE_REPOSITORY_PREFIX: 'evenkeel/',
};
const crashing = digestOf('f');
const to = { digest: digestOf('a'), replicas: 2 };

const eks = mockClient(EKSClient);
let kubernetes: KubernetesApi;
let port: Cluster;

const describesCluster = (ca: string) => {
  const certificateAuthority = { data: Buffer.from(ca).toString('base64') };
  eks.on(DescribeClusterCommand).resolves({ cluster: { endpoint: kubernetes.endpoint, certificateAuthority } });
};

beforeEach(async () => {
  process.env.AWS_REGION = 'eu-west-1';
  process.env.AWS_ACCESS_KEY_ID = 'AKIDEXAMPLE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  kubernetes = await startKubernetesApi();
  applyManifests(kubernetes.objects, namespace, service);
  describesCluster(kubernetes.ca);
  port = eksCluster.create(settings);
});
afterEach(() => {
  kubernetes.close();
  eks.reset();
});

const deployment = () => kubernetes.objects.get(paths.deployment(namespace, 'shop-green'));
const autoscaler = () => kubernetes.objects.get(paths.autoscaler(namespace, 'shop-green'));

describeCluster('Kubernetes', async () => ({
  port,
  service,
  good: digestOf('a'),
  better: digestOf('b'),
  crashing,
  settled: async (slot) => settle(kubernetes.objects, namespace, `${service}-${slot}`, service, crashing),
}));

describePods('Kubernetes', async () => ({
  port: eksPods.create(settings),
  cluster: port,
  service,
  good: digestOf('a'),
  settled: async (slot) => settle(kubernetes.objects, namespace, `${service}-${slot}`, service, crashing),
}));

test('a pod that is not ready may go though no other is, and is evicted, never deleted', async () => {
  const pods = eksPods.create(settings);
  await port.fill(service, 'green', { digest: crashing, replicas: 1 }, 1);
  settle(kubernetes.objects, namespace, 'shop-green', service, crashing);
  expect(await pods.of(service, 'green')).toEqual([{ name: 'shop-green-hash0-0', ready: false, restarts: 4 }]);
  await pods.recycle(service, 'green', 'shop-green-hash0-0', 1);
  expect(await pods.of(service, 'green')).toEqual([]);
  expect(kubernetes.asked.filter(({ method }) => method === 'DELETE')).toEqual([]);
});

test('a slot is not scaled beyond what its autoscaler may have', async () => {
  await port.fill(service, 'green', to, 1);
  const at = '2026-05-01T10:00:00.000Z';
  expect(await port.scaleUp(service, 'green', { by: 20, atMost: 30 }, at, 1)).toBe(10);
  expect(autoscaler()?.spec).toMatchObject({ minReplicas: 10, maxReplicas: 10 });
});

test('a scaling that ended between its two writes is finished, and not done again', async () => {
  await port.fill(service, 'green', to, 1);
  const at = '2026-05-01T10:00:00.000Z';
  const scale = () => port.scaleUp(service, 'green', { by: 2, atMost: 9 }, at, 1);
  const fails = () => ({ status: 500, body: { reason: 'InternalError' } });
  const pass = () => undefined;
  kubernetes.interrupt(pass, pass, pass, pass, fails);
  await expect(scale()).rejects.toEqual(failure('DependencyUnavailable'));
  expect(autoscaler()?.spec.minReplicas).toBe(4);
  expect(deployment()?.spec.replicas).toBe(2);
  expect(await scale()).toBe(4);
  expect(deployment()?.spec.replicas).toBe(4);
});

describe('filling a slot', () => {
  test('changes the image of its own container and leaves the rest of the manifest', async () => {
    await port.fill(service, 'green', to, 1);
    const { template } = deployment()?.spec ?? {};
    expect(template.spec.containers).toEqual([
      { name: 'proxy', image: 'proxy:1' },
      {
        name: 'shop',
        image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/evenkeel/shop@${to.digest}`,
        ports: [{ containerPort: 8080 }],
      },
    ]);
    expect(template.metadata.annotations).toEqual({ 'evenkeel.dev/digest': to.digest });
  });

  test('leaves its fencing token on both objects', async () => {
    await port.fill(service, 'green', to, 7);
    expect(deployment()?.metadata.annotations).toMatchObject({ 'evenkeel.dev/fencing-token': '7' });
    expect(autoscaler()?.metadata.annotations).toMatchObject({ 'evenkeel.dev/fencing-token': '7' });
  });

  test('reads and tries again when the object changed in between', async () => {
    kubernetes.interrupt(
      () => undefined,
      () => touch('shop-green'),
    );
    await port.fill(service, 'green', to, 1);
    expect(autoscaler()?.spec.minReplicas).toBe(2);
  });

  test('stops when a newer token came in between', async () => {
    kubernetes.interrupt(
      () => undefined,
      () => touch('shop-green', { 'evenkeel.dev/fencing-token': '9' }),
    );
    await expect(port.fill(service, 'green', to, 8)).rejects.toEqual(failure('LeaseLost'));
    expect(autoscaler()?.spec.minReplicas).toBe(1);
    expect(deployment()?.spec.replicas).toBe(0);
  });

  test('gives up as a write conflict when it never gets through', async () => {
    for (let times = 0; times < 10; times += 1) {
      kubernetes.interrupt(
        () => undefined,
        () => touch('shop-green'),
      );
    }
    await expect(port.fill(service, 'green', to, 1)).rejects.toEqual(failure('WriteConflict'));
  });
});

/** Another writer changes the autoscaler before the answer. */
const touch = (name: string, annotations = {}): undefined => {
  const path = paths.autoscaler(namespace, name);
  const object = kubernetes.objects.get(path);
  if (object) kubernetes.objects.put(path, { ...object, metadata: { ...object.metadata, annotations } });
};

describe('what a slot runs', () => {
  test('pods do not count until the controller has seen the newest template', async () => {
    await port.fill(service, 'green', to, 1);
    settle(kubernetes.objects, namespace, 'shop-green', service, crashing);
    await port.fill(service, 'green', { ...to, digest: digestOf('b') }, 1);
    expect(await port.slot(service, 'green')).toMatchObject({ digest: digestOf('b'), ready: 0 });
  });

  test('pods of an older template do not count, even ready ones', async () => {
    await port.fill(service, 'green', to, 1);
    settle(kubernetes.objects, namespace, 'shop-green', service, crashing);
    await port.fill(service, 'green', { digest: crashing, replicas: 2 }, 1);
    settle(kubernetes.objects, namespace, 'shop-green', service, crashing);
    expect(await port.slot(service, 'green')).toMatchObject({ ready: 0, crashing: true });
  });

  test('a pod that is being deleted is not ready', async () => {
    await port.fill(service, 'green', to, 1);
    settle(kubernetes.objects, namespace, 'shop-green', service, crashing);
    const path = `/api/v1/namespaces/${namespace}/pods/shop-green-hash0-0`;
    const pod = kubernetes.objects.get(path);
    if (!pod) throw new Error('the pod is not there');
    const metadata = { ...pod.metadata, deletionTimestamp: '2026-05-01T10:00:00Z' };
    kubernetes.objects.put(path, { ...pod, metadata });
    expect(await port.slot(service, 'green')).toMatchObject({ ready: 1 });
  });
});

describe('refusals', () => {
  const answer = (status: number, reason: string) => () => ({ status, body: { kind: 'Status', reason, message: '' } });

  test.each([
    [429, 'TooManyRequests', 'DependencyThrottled'],
    [403, 'Forbidden', 'AccessDenied'],
    [401, 'Unauthorized', 'AccessDenied'],
    [500, 'InternalError', 'DependencyUnavailable'],
    [504, 'Timeout', 'DependencyUnavailable'],
  ])('status %i is %s, so %s', async (status, reason, name) => {
    kubernetes.interrupt(answer(status, reason));
    await expect(port.pinFloor(service, 'green', 2, 1)).rejects.toEqual(failure(name));
  });

  test('an answer that nobody foresaw keeps its cause', async () => {
    kubernetes.interrupt(answer(422, 'Invalid'));
    await expect(port.pinFloor(service, 'green', 2, 1)).rejects.toMatchObject({
      name: 'Error',
      cause: { name: 'Invalid' },
    });
  });

  test('a service without manifests says which object is missing', async () => {
    const lost = port.pinFloor('nowhere', 'green', 2, 1);
    await expect(lost).rejects.toEqual(failure('ConfigInvalid'));
    await expect(lost).rejects.toThrow('horizontalpodautoscalers/nowhere-green does not exist');
  });

  test('a malformed fencing token on an object stops every writer', async () => {
    touch('shop-green', { 'evenkeel.dev/fencing-token': 'seven' });
    await expect(port.pinFloor(service, 'green', 2, 1)).rejects.toEqual(failure('RecordCorrupt'));
  });
});

describe('the way to the cluster', () => {
  test('nothing is sent to a server that the cluster authority does not vouch for', async () => {
    const stranger = await startKubernetesApi();
    describesCluster(stranger.ca);
    stranger.close();
    const failed = eksCluster.create(settings).slot(service, 'green');
    await expect(failed).rejects.toThrow(/certificate|signature/i);
    expect(kubernetes.asked).toEqual([]);
  });

  test('a server that does not answer is unavailable', async () => {
    kubernetes.close();
    await expect(port.slot(service, 'green')).rejects.toEqual(failure('DependencyUnavailable'));
  });

  test('a cluster that is still being made is unavailable', async () => {
    eks.on(DescribeClusterCommand).resolves({ cluster: { status: 'CREATING' } });
    await expect(port.slot(service, 'green')).rejects.toEqual(failure('DependencyUnavailable'));
  });

  test('the token is a presigned question to STS that names the cluster', async () => {
    await port.slot(service, 'green');
    const token = kubernetes.asked[0]?.authorization.replace('Bearer k8s-aws-v1.', '') ?? '';
    const url = new URL(Buffer.from(token, 'base64url').toString());
    expect(url.host).toBe('sts.eu-west-1.amazonaws.com');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      Action: 'GetCallerIdentity',
      'X-Amz-Expires': '60',
      'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
      'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('one description and one token serve many calls', async () => {
    await port.slot(service, 'green');
    await port.slot(service, 'blue');
    expect(eks.commandCalls(DescribeClusterCommand)).toHaveLength(1);
    expect(new Set(kubernetes.asked.map(({ authorization }) => authorization)).size).toBe(1);
  });
});
