import { createHash, randomBytes } from 'node:crypto';
import type { Digest } from '../../lib/contracts/names.ts';
import { type ApiServer, adapterUser } from './api-server.ts';

const revision = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';
const namespaces = '/api/v1/namespaces';
const apps = (namespace: string) => `/apis/apps/v1/namespaces/${namespace}`;
const pods = (namespace: string) => `${namespaces}/${namespace}/pods`;
const budgets = (namespace: string) => `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`;
const rbac = (namespace: string) => `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;

// biome-ignore lint/suspicious/noExplicitAny: objects as the API server gives them.
type Anything = any;

/** All that the adapters of the cluster and of its certificates may do. */
const rules = [
  { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'patch'] },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: ['get', 'patch'] },
  { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['list'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  { apiGroups: ['cert-manager.io'], resources: ['certificates'], verbs: ['get', 'list', 'patch'] },
  { apiGroups: ['cert-manager.io'], resources: ['certificates/status'], verbs: ['patch'] },
  { apiGroups: ['cert-manager.io'], resources: ['certificaterequests'], verbs: ['list'] },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['list'] },
];

export const newNamespace = async ({ admin }: ApiServer, name: string): Promise<void> => {
  await admin('POST', namespaces, { metadata: { name } });
  await admin('POST', `${rbac(name)}/roles`, { metadata: { name: adapterUser }, rules });
  await admin('POST', `${rbac(name)}/rolebindings`, {
    metadata: { name: adapterUser },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: adapterUser },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: adapterUser }],
  });
};

export const applyManifests = async ({ admin }: ApiServer, namespace: string, service: string): Promise<void> => {
  for (const slot of ['blue', 'green']) {
    const name = `${service}-${slot}`;
    const labels = { app: service, slot };
    const containers = [
      { name: 'proxy', image: 'proxy:1' },
      { name: service, image: `${service}:none`, ports: [{ containerPort: 8080 }] },
    ];
    const template = { metadata: { labels }, spec: { containers } };
    const spec = { replicas: 0, selector: { matchLabels: labels }, template };
    await admin('POST', `${apps(namespace)}/deployments`, { metadata: { name, labels }, spec });
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name };
    await admin('POST', `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`, {
      metadata: { name, labels },
      spec: { scaleTargetRef, minReplicas: 1, maxReplicas: 10 },
    });
    await admin('POST', budgets(namespace), {
      metadata: { name, labels },
      spec: { minAvailable: 1, selector: { matchLabels: labels }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    });
  }
};

/** Does what the deployment controller and the nodes would do: only the API server is real. */
export const settle = async (api: ApiServer, namespace: string, name: string, crashing: Digest): Promise<void> => {
  const path = `${apps(namespace)}/deployments/${name}`;
  const deployment: Anything = await api.admin('GET', path);
  const set = await currentReplicaSet(api, namespace, deployment);
  const crashes = JSON.stringify(deployment.spec.template).includes(crashing);
  await replacePods(api, namespace, deployment, set.hash, crashes);
  const seen: Anything = await api.admin('PATCH', path, { metadata: { annotations: { [revision]: set.revision } } });
  await api.admin('PATCH', `${path}/status`, { status: { observedGeneration: seen.metadata.generation } });
  await countBudget(api, namespace, name, crashes ? 0 : deployment.spec.replicas);
};

/** What the disruption controller would tell of a budget that keeps one pod. */
const countBudget = async ({ admin }: ApiServer, namespace: string, name: string, healthy: number): Promise<void> => {
  const { items }: Anything = await admin('GET', budgets(namespace));
  const budget = items.find(({ metadata }: Anything) => metadata.name === name);
  if (!budget) return;
  const status = {
    observedGeneration: budget.metadata.generation,
    currentHealthy: healthy,
    desiredHealthy: 1,
    expectedPods: healthy,
    disruptionsAllowed: Math.max(0, healthy - 1),
  };
  await admin('PATCH', `${budgets(namespace)}/${name}/status`, { status });
};

const selectorOf = ({ spec }: Anything): string => {
  const labels = Object.entries(spec.selector.matchLabels).map(([label, value]) => `${label}=${value}`);
  return `?labelSelector=${encodeURIComponent(labels.join(','))}`;
};

const currentReplicaSet = async ({ admin }: ApiServer, namespace: string, deployment: Anything) => {
  const { spec, metadata } = deployment;
  const folder = `${apps(namespace)}/replicasets`;
  const { items }: Anything = await admin('GET', folder + selectorOf(deployment));
  const hash = createHash('sha256').update(JSON.stringify(spec.template)).digest('hex').slice(0, 10);
  const newest = Math.max(0, ...items.map((set: Anything) => Number(set.metadata.annotations[revision])));
  const found = items.find((set: Anything) => set.metadata.labels[hashLabel] === hash);
  if (found && Number(found.metadata.annotations[revision]) === newest) return { hash, revision: String(newest) };
  const annotations = { [revision]: String(newest + 1) };
  const name = `${metadata.name}-${hash}`;
  if (found) await admin('PATCH', `${folder}/${name}`, { metadata: { annotations } });
  else await admin('POST', folder, replicaSetOf(name, annotations, spec, hash));
  return { hash, revision: String(newest + 1) };
};

const replicaSetOf = (name: string, annotations: object, { selector, template }: Anything, hash: string) => {
  const labels = { ...selector.matchLabels, [hashLabel]: hash };
  const spec = { replicas: 0, selector: { matchLabels: labels }, template: { ...template, metadata: { labels } } };
  return { metadata: { name, labels, annotations }, spec };
};

/** Old pods stay as long as new ones are not ready, as a rolling update leaves them. */
const replacePods = async (api: ApiServer, namespace: string, deployment: Anything, hash: string, crashes: boolean) => {
  const { spec, metadata } = deployment;
  const { items }: Anything = await api.admin('GET', pods(namespace) + selectorOf(deployment));
  const staying = items
    .filter(({ metadata: { labels, deletionTimestamp } }: Anything) => labels[hashLabel] === hash && !deletionTimestamp)
    .slice(0, spec.replicas);
  for (const pod of items) {
    const old = pod.metadata.labels[hashLabel] !== hash;
    const gone = `${pods(namespace)}/${pod.metadata.name}?gracePeriodSeconds=0`;
    if (!staying.includes(pod) && !(old && crashes)) await api.admin('DELETE', gone);
  }
  const labels = { ...spec.selector.matchLabels, [hashLabel]: hash };
  for (let index = staying.length; index < spec.replicas; index += 1) {
    const name = `${metadata.name}-${hash}-${randomBytes(3).toString('hex')}`;
    const { annotations } = spec.template.metadata;
    await api.admin('POST', pods(namespace), { metadata: { name, labels, annotations }, spec: spec.template.spec });
    await api.admin('PATCH', `${pods(namespace)}/${name}/status`, { status: crashes ? crashLooping : ready });
  }
};

const container = { name: 'main', image: 'main', imageID: 'main', ready: false };
const ready = {
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'True' }],
  containerStatuses: [{ ...container, restartCount: 0, state: { running: {} } }],
};
const crashLooping = {
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'False' }],
  containerStatuses: [{ ...container, restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } } }],
};
