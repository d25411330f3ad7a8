import type { Instant } from '../../contracts/instant.ts';
import { leaseOf } from '../../contracts/lease.ts';
import type { Digest, ServiceName, Slot } from '../../contracts/names.ts';
import { scaledTo } from '../../domain/remediation/scaled-to.ts';
import type { Cluster } from '../../ports/cluster.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { repositoryOf, repositorySetting } from '../ecr/repository.ts';
import { type Api, kubernetesApi } from './client.ts';
import { eksConnection } from './connection.ts';
import { patchFenced } from './fence.ts';
import { placesIn, selectorOf } from './places.ts';
import {
  Autoscaler,
  Deployment,
  digestAnnotation,
  Pods,
  ReplicaSets,
  readObject,
  restartedAnnotation,
  scaledAnnotation,
} from './shapes.ts';
import { slotStateOf } from './slot-state.ts';

type Place = { namespace: string; imageOf(service: ServiceName, digest: Digest): string };

/**
 * A Deployment and an autoscaler `<service>-<slot>` for each slot. Every write touches the autoscaler first: its fence
 * is the one that all writers meet.
 */
const clusterOver = (api: Api, { namespace, imageOf }: Place): Cluster => {
  const { listOf, deploymentOf, autoscalerOf } = placesIn(namespace);
  const read = async <S extends typeof Deployment | typeof Autoscaler | typeof ReplicaSets | typeof Pods>(
    schema: S,
    path: string,
  ) => readObject(schema, path, await api.get(path));

  const setFloor = (service: ServiceName, slot: Slot, floor: number | undefined, token: number) => {
    const patch = floor === undefined ? {} : { spec: { minReplicas: floor } };
    return patchFenced(api, autoscalerOf(service, slot), leaseOf(service), patch, token);
  };

  return {
    async slot(service, slot) {
      const [deployment, autoscaler] = await Promise.all([
        read(Deployment, deploymentOf(service, slot)),
        read(Autoscaler, autoscalerOf(service, slot)),
      ]);
      const selected = `?labelSelector=${selectorOf(deployment)}`;
      const [replicaSets, pods] = await Promise.all([
        read(ReplicaSets, listOf('apis/apps/v1', 'replicasets') + selected),
        read(Pods, listOf('api/v1', 'pods') + selected),
      ]);
      return slotStateOf(service, { deployment, autoscaler, replicaSets, pods: pods.items });
    },
    async fill(service, slot, { digest, replicas }, token) {
      await setFloor(service, slot, replicas, token);
      const template = templateOf(service, digest, imageOf(service, digest));
      await patchFenced(api, deploymentOf(service, slot), leaseOf(service), { spec: { replicas, template } }, token);
    },
    pinFloor: (service, slot, replicas, token) => setFloor(service, slot, replicas, token),
    async restart(service, slot, at, token) {
      await setFloor(service, slot, undefined, token);
      const patch = { spec: { template: restartedAt(at) } };
      await patchFenced(api, deploymentOf(service, slot), leaseOf(service), patch, token);
    },
    async scaleUp(service, slot, { by, atMost }, at, token) {
      const { replicas: wanted } = (await read(Deployment, deploymentOf(service, slot))).spec;
      let to = wanted;
      const grow = (body: unknown) => {
        const { metadata, spec } = readObject(Autoscaler, autoscalerOf(service, slot), body);
        const most = { by, atMost: Math.min(atMost, spec.maxReplicas) };
        const again = metadata.annotations[scaledAnnotation] === at;
        to = again
          ? spec.minReplicas
          : scaledTo(`${service} ${slot}`, wanted && Math.max(wanted, spec.minReplicas), most);
        return { metadata: { annotations: { [scaledAnnotation]: at } }, spec: { minReplicas: to } };
      };
      await patchFenced(api, autoscalerOf(service, slot), leaseOf(service), grow, token);
      const patch = { spec: { replicas: Math.max(to, wanted) } };
      await patchFenced(api, deploymentOf(service, slot), leaseOf(service), patch, token);
      return to;
    },
    async retire(service, slot, token) {
      await setFloor(service, slot, undefined, token);
      await patchFenced(api, deploymentOf(service, slot), leaseOf(service), { spec: { replicas: 0 } }, token);
    },
  };
};

/** The annotation reaches the pod through the downward API, so that its answers can say which version they are. */
const templateOf = (service: ServiceName, digest: Digest, image: string) => ({
  metadata: { annotations: { [digestAnnotation]: digest } },
  spec: { containers: [{ name: service, image }] },
});

/** Another template is another revision, and the Deployment's own strategy replaces the pods of the one before. */
const restartedAt = (at: Instant) => ({ metadata: { annotations: { [restartedAnnotation]: at } } });

export const eksCluster = adapter(
  { CLUSTER_NAME: setting, CLUSTER_NAMESPACE: setting, IMAGE_REGISTRY: setting, ...repositorySetting },
  ({ CLUSTER_NAME, CLUSTER_NAMESPACE, IMAGE_REGISTRY, IMAGE_REPOSITORY_PREFIX }) =>
    clusterOver(kubernetesApi(eksConnection(CLUSTER_NAME)), {
      namespace: CLUSTER_NAMESPACE,
      imageOf: (service, digest) => `${IMAGE_REGISTRY}/${repositoryOf(IMAGE_REPOSITORY_PREFIX, service)}@${digest}`,
    }),
);
