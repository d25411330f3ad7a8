import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { eksExports } from '../../lib/adapters/kubernetes/exports.ts';
import { applierTo } from '../../scripts/infra/kubernetes/api.ts';
import { type KubernetesObject, type Overlay, renderOverlays } from '../../scripts/infra/kubernetes/manifests.ts';
import { kustomize } from '../../scripts/infra/kubernetes/programs.ts';
import { describeExports } from '../contracts/exports.contract.ts';
import { failure } from '../contracts/good.ts';
import { type ExportBucket, newExportBucket } from '../support/export-bucket.ts';
import { type ApiServer, adapterUser, programsOfEnvironment, startApiServer } from './api-server.ts';

/*
 * Exports over a real API server that holds the production manifests, as the group that these let make jobs, and with no other
 * rights. What the job controller, the pods and S3 do, the test does.
 */

const namespace = 'mcp-ui';
const production = 'evenkeel-production';
const jobs = `/apis/batch/v1/namespaces/${namespace}/jobs`;
const group = 'evenkeel-exports';
let api: ApiServer;
let overlay: Overlay | undefined;
let bucket: ExportBucket;
const broken = new Set<string>();

jest.setTimeout(120_000);

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
  });
  overlay = (await renderOverlays(await kustomize())).find(({ name }) => name === 'production');
  api = await startApiServer(programsOfEnvironment(), { checksServiceAccounts: false, groups: [group] });
  const certificateAuthority = { data: Buffer.from(api.ca).toString('base64') };
  mockClient(EKSClient)
    .on(DescribeClusterCommand)
    .resolves({ cluster: { endpoint: api.endpoint, certificateAuthority } });
  bucket = newExportBucket();
  const apply = applierTo(api);
  for (const object of objects()) expect(await apply(object)).toBeUndefined();
}, 120_000);
afterAll(() => api.stop());

const objects = (): KubernetesObject[] =>
  ['Namespace', 'Role', 'RoleBinding', 'CronJob'].flatMap((wanted) =>
    (overlay?.objects ?? []).filter(({ kind }) => kind === wanted),
  );

const portIn = (CLUSTER_NAMESPACE: string) =>
  eksExports.create({ CLUSTER_NAME: 'main', CLUSTER_NAMESPACE, BACKUP_BUCKET: 'backups' });

type Job = { metadata: { name: string; labels: Record<string, string> }; status?: { conditions?: unknown[] } };

/** The conditions that the job controller sets, in the pairs that the API server insists on. */
const statusOf = (failed: boolean) => {
  const at = new Date().toISOString();
  const condition = (type: string) => ({ type, status: 'True', lastTransitionTime: at, message: 'as the test wants' });
  const types = failed ? ['FailureTarget', 'Failed'] : ['SuccessCriteriaMet', 'Complete'];
  const counts = failed ? { failed: 3 } : { succeeded: 1, completionTime: at };
  return { startTime: at, ...counts, conditions: types.map(condition) };
};

const settle = async () => {
  const { items } = (await api.admin('GET', jobs)) as { items: Job[] };
  for (const { metadata, status } of items) {
    if (status?.conditions) continue;
    const { name, labels } = metadata;
    const failed = broken.has(name);
    if (!failed) bucket.fill(name, labels['evenkeel.dev/backup'] ?? '');
    await api.admin('PATCH', `${jobs}/${name}/status`, { status: statusOf(failed) });
  }
};

describeExports('a real API server', async () => ({
  port: portIn(namespace),
  production,
  settle,
  breakOff: async (kind, backup) => void broken.add(`${kind === 'dump' ? 'dump' : 'config'}-${backup}`),
  lies: async (kind, backup) => bucket.lies(kind, backup),
}));

test('a job is what its CronJob says, and its pods learn which backup they are of', async () => {
  await portIn(namespace).start({ kind: 'dump', backup: 'shop-told', instance: production });
  const made = (await api.admin('GET', `${jobs}/dump-shop-told`)) as KubernetesObject;
  const template = made.spec.template;
  expect(template.metadata.labels).toMatchObject({
    'app.kubernetes.io/name': 'database-backup',
    'evenkeel.dev/backup': 'shop-told',
  });
  expect(template.spec.serviceAccountName).toBe('database-backup');
  const upload = template.spec.containers.find(({ name }: { name: string }) => name === 'upload');
  expect(upload.env).toContainEqual({
    name: 'BACKUP',
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: "metadata.labels['evenkeel.dev/backup']" } },
  });
});

test('a namespace in which it has no role is closed', async () => {
  const begun = portIn('default').start({ kind: 'dump', backup: 'shop-b1', instance: production });
  await expect(begun).rejects.toEqual(failure('AccessDenied'));
});

type Asked = { user: { username: string }; verb: string; objectRef?: { resource: string; namespace?: string } };

test('the role allows all that the adapter was seen to ask for, and nothing else', async () => {
  const asked = (await api.audit())
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Asked)
    .filter(({ user, objectRef }) => user.username === adapterUser && objectRef?.namespace === namespace)
    .map(({ verb, objectRef }) => `${verb} ${objectRef?.resource}`);
  const role = objects().find(({ kind, metadata }) => kind === 'Role' && metadata.name === group);
  const allowed = (role?.rules ?? []).flatMap(({ resources, verbs }) =>
    verbs.map((verb: string) => `${verb} ${resources[0]}`),
  );
  expect([...new Set(asked)].sort()).toEqual(allowed.sort());
});
