import type { Digest } from '../../../lib/contracts/names.ts';
import type { KubernetesObject, Objects } from './objects.ts';

const revision = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';
const apps = (namespace: string) => `/apis/apps/v1/namespaces/${namespace}`;
const core = (namespace: string) => `/api/v1/namespaces/${namespace}`;

export const paths = {
  deployment: (namespace: string, name: string) => `${apps(namespace)}/deployments/${name}`,
  autoscaler: (namespace: string, name: string) =>
    `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers/${name}`,
};

/** A service's two slots as its manifests make them: no pods yet, and an autoscaler that may not go below one. */
export const applyManifests = (objects: Objects, namespace: string, service: string): void => {
  for (const slot of ['blue', 'green']) {
    const name = `${service}-${slot}`;
    const labels = { app: service, slot };
    const containers = [
      { name: 'proxy', image: 'proxy:1' },
      { name: service, image: `${service}:none`, ports: [{ containerPort: 8080 }] },
    ];
    objects.put(paths.deployment(namespace, name), {
      metadata: { name, labels },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
      },
    });
    objects.put(paths.autoscaler(namespace, name), {
      metadata: { name, labels },
      spec: { minReplicas: 1, maxReplicas: 10 },
    });
  }
};

/** What the deployment controller and the nodes do after a change, at once: pods of `crashing` never become ready. */
export const settle = (objects: Objects, namespace: string, name: string, service: string, crashing: Digest): void => {
  const path = paths.deployment(namespace, name);
  const deployment = objects.get(path);
  if (!deployment) throw new Error(`no deployment ${name}`);
  const set = currentReplicaSet(objects, namespace, deployment);
  const { image } = deployment.spec.template.spec.containers.find((one: { name: string }) => one.name === service);
  const crashes = image.endsWith(crashing);
  replacePods(objects, namespace, deployment, set.hash, crashes);
  const { metadata } = deployment;
  objects.put(path, {
    ...deployment,
    metadata: { ...metadata, annotations: { ...metadata.annotations, [revision]: set.revision } },
    status: { observedGeneration: metadata.generation },
  });
};

const currentReplicaSet = (objects: Objects, namespace: string, { metadata, spec }: KubernetesObject) => {
  const folder = `${apps(namespace)}/replicasets`;
  const template = JSON.stringify(spec.template);
  const sets = objects.list(folder, metadata.labels);
  const found = sets.find((set) => JSON.stringify(set.spec.template) === template);
  const newest = Math.max(0, ...sets.map((set) => Number(set.metadata.annotations?.[revision])));
  const hash = found?.metadata.labels?.[hashLabel] ?? `hash${sets.length}`;
  const isNewest = found && Number(found.metadata.annotations?.[revision]) === newest;
  const number = String(isNewest ? newest : newest + 1);
  const name = `${metadata.name}-${hash}`;
  const labels = { ...metadata.labels, [hashLabel]: hash };
  objects.put(`${folder}/${name}`, {
    metadata: { name, labels, annotations: { [revision]: number } },
    spec: { template: spec.template },
  });
  return { hash, revision: number };
};

/** Old pods stay as long as new ones are not ready, as a rolling update leaves them. */
const replacePods = (
  objects: Objects,
  namespace: string,
  deployment: KubernetesObject,
  hash: string,
  crashes: boolean,
) => {
  const folder = `${core(namespace)}/pods`;
  const { metadata, spec } = deployment;
  const all = objects.list(folder, metadata.labels);
  const mine = all.filter((pod) => pod.metadata.labels?.[hashLabel] === hash);
  const old = crashes ? [] : all.filter((pod) => !mine.includes(pod));
  for (const pod of [...old, ...mine.slice(spec.replicas)]) objects.remove(`${folder}/${pod.metadata.name}`);
  for (let index = 0, missing = spec.replicas - mine.length; missing > 0; index += 1) {
    const name = `${metadata.name}-${hash}-${index}`;
    if (objects.had(`${folder}/${name}`)) continue;
    missing -= 1;
    objects.put(`${folder}/${name}`, {
      metadata: { name, labels: { ...metadata.labels, [hashLabel]: hash } },
      status: crashes ? crashLooping : ready,
    });
  }
};

const ready = {
  conditions: [{ type: 'Ready', status: 'True' }],
  containerStatuses: [{ name: 'main', restartCount: 0, state: { running: {} } }],
};
const crashLooping = {
  conditions: [{ type: 'Ready', status: 'False' }],
  containerStatuses: [{ name: 'main', restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } } }],
};
