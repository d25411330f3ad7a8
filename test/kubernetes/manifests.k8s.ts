import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { awsInventory } from '../../lib/adapters/certificates/inventory.ts';
import { certificateRenewals } from '../../lib/adapters/certificates/renewals.ts';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { eksPods } from '../../lib/adapters/kubernetes/pods.ts';
import type { InventoryEntry } from '../../lib/contracts/certificate.ts';
import { applierTo } from '../../scripts/infra/kubernetes/api.ts';
import { type KubernetesObject, type Overlay, renderOverlays } from '../../scripts/infra/kubernetes/manifests.ts';
import { kustomize } from '../../scripts/infra/kubernetes/programs.ts';
import { describeCluster } from '../contracts/cluster.contract.ts';
import { digestOf } from '../contracts/good.ts';
import { type ApiServer, adapterGroup, adapterUser, programsOfEnvironment, startApiServer } from './api-server.ts';
import { aPem, applyCertificate, applyCertManager } from './certificates.ts';
import { settle } from './slots.ts';

/* The control plane's own adapter on the production manifests, with no other rights than they give it. */

const service = 'mcp-manager';
const crashing = digestOf('f');
const slots = ['blue', 'green'] as const;
let api: ApiServer;
let overlays: readonly Overlay[];
let namespaces = 0;

jest.setTimeout(120_000);

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
  });
  overlays = await renderOverlays(await kustomize());
  api = await startApiServer(programsOfEnvironment(), {
    checksServiceAccounts: false,
    groups: [adapterGroup, `${adapterGroup}-acts`],
  });
  await applyCertManager(api);
  const certificateAuthority = { data: Buffer.from(api.ca).toString('base64') };
  mockClient(EKSClient)
    .on(DescribeClusterCommand)
    .resolves({ cluster: { endpoint: api.endpoint, certificateAuthority } });
});
afterAll(() => api.stop());

/** Those of the overlay's objects that the adapter meets, in a namespace of their own. */
const objectsIn = (namespace: string, overlayName: string): KubernetesObject[] => {
  const overlay = overlays.find(({ name }) => name === overlayName);
  const kinds = ['Namespace', 'Role', 'RoleBinding', 'Deployment', 'HorizontalPodAutoscaler'];
  return (overlay?.objects ?? [])
    .filter(({ kind }) => kinds.includes(kind))
    .map((object) => JSON.parse(JSON.stringify(object).replaceAll('"mcp-ui"', `"${namespace}"`)) as KubernetesObject);
};

const apply = async (namespace: string, overlayName: string, manager: string) => {
  const to = applierTo(api);
  const refusals = [];
  for (const object of objectsIn(namespace, overlayName)) refusals.push(await to(object, { manager }));
  return refusals.filter((refusal) => refusal !== undefined);
};

const portIn = (CLUSTER_NAMESPACE: string) =>
  eksCluster.create({
    CLUSTER_NAME: 'main',
    CLUSTER_NAMESPACE,
    IMAGE_REGISTRY: '222222222222.dkr.ecr.eu-west-1.amazonaws.com',
    IMAGE_REPOSITORY_PREFIX: 'evenkeel/',
  });

const newWorld = async () => {
  namespaces += 1;
  const namespace = `mcp-ui-${namespaces}`;
  expect(await apply(namespace, 'production', 'manifests')).toEqual([]);
  return { port: portIn(namespace), namespace };
};

const empty = async (namespace: string) => {
  for (const slot of slots) {
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${service}-${slot}`;
    await api.admin('PATCH', path, { spec: { replicas: 0 } });
  }
};

describeCluster('the production manifests', async () => {
  const { port, namespace } = await newWorld();
  await empty(namespace);
  const settled = (slot: string) => settle(api, namespace, `${service}-${slot}`, crashing);
  return { port, service, good: digestOf('a'), better: digestOf('b'), crashing, settled };
});

const filled = async () => {
  const { port, namespace } = await newWorld();
  await apply(namespace, 'production-first-release', 'first-release');
  await port.fill(service, 'green', { digest: digestOf('a'), replicas: 5 }, 1);
  return { port, namespace };
};

test('whoever acts for playbooks may evict a pod', async () => {
  const { port, namespace } = await newWorld();
  const pods = eksPods.create({ CLUSTER_NAME: 'main', CLUSTER_NAMESPACE: namespace });
  await port.fill(service, 'green', { digest: digestOf('a'), replicas: 3 }, 1);
  await settle(api, namespace, `${service}-green`, crashing);
  const [first] = await pods.of(service, 'green');
  await pods.recycle(service, 'green', first?.name ?? '', 1);
  expect((await pods.of(service, 'green')).map(({ name }) => name)).not.toContain(first?.name);
});

test('once handed over, applying the manifests again leaves a release as it is', async () => {
  const { port, namespace } = await filled();
  const before = await Promise.all(slots.map((slot) => port.slot(service, slot)));
  expect(await apply(namespace, 'production-handed-over', 'manifests')).toEqual([]);
  expect(await Promise.all(slots.map((slot) => port.slot(service, slot)))).toEqual(before);
  expect(before[1]).toMatchObject({ digest: digestOf('a'), wanted: 5, floor: 5 });
});

test('applying the first manifests over a release is refused, naming the image', async () => {
  const { namespace } = await filled();
  const refusals = await apply(namespace, 'production', 'manifests');
  expect(refusals).toContainEqual({
    object: `Deployment ${service}-green`,
    message: expect.stringMatching(/^409 [\s\S]*\.spec\.template\.spec\.containers\[name="mcp-manager"\]\.image/),
  });
});

test('certificates are read and ordered anew, and no Secret is', async () => {
  const { namespace } = await newWorld();
  await applyCertificate(api, namespace, { revision: 1, pem: aPem(['shop.example.com']) });
  const settings = { CLUSTER_NAME: 'main', CLUSTER_NAMESPACE: namespace };
  const readings = await awsInventory.create(settings).read();
  const read = readings.flatMap((reading) => (reading.state === 'read' ? reading.entries : []));
  const entry = read.find(({ source }) => source === 'cert-manager');
  expect(entry).toMatchObject({ certificate: { names: ['shop.example.com'] } });
  expect(await certificateRenewals.create(settings).request(entry as InventoryEntry, 'r1')).toBe('requested');
});

type Asked = {
  user: { username: string };
  verb: string;
  objectRef?: { apiGroup?: string; resource: string; subresource?: string };
};
const kindOf = ({ apiGroup = '', resource, subresource }: NonNullable<Asked['objectRef']>): string =>
  `${apiGroup}/${[resource, subresource].filter((part) => part).join('/')}`;

test('the roles allow all that the adapters were seen to ask for, and nothing else', async () => {
  const asked = (await api.audit())
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Asked)
    .filter(({ user, objectRef }) => user.username === adapterUser && objectRef !== undefined)
    .map(({ verb, objectRef }) => `${verb} ${objectRef ? kindOf(objectRef) : ''}`);
  const roles = objectsIn('any', 'production').filter(
    ({ kind, metadata }) => kind === 'Role' && ['evenkeel', 'evenkeel-acts'].includes(metadata.name),
  );
  const rules = roles.flatMap((role) => role.rules ?? []);
  const allowed = rules.flatMap(({ apiGroups, resources, verbs }) =>
    verbs.map((verb: string) => `${verb} ${apiGroups[0]}/${resources[0]}`),
  );
  expect([...new Set(asked)].sort()).toEqual(allowed.sort());
});
