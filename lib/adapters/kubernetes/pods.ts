import { leaseOf } from '../../contracts/lease.ts';
import type { Pods as PodsPort } from '../../ports/pods.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { type Api, kubernetesApi } from './client.ts';
import { eksConnection } from './connection.ts';
import { patchFenced } from './fence.ts';
import { placesIn, selectorOf } from './places.ts';
import { Deployment, type Pod, Pods, readObject } from './shapes.ts';
import { isReady } from './slot-state.ts';

/** A pod is taken away by an eviction and never deleted: the API server asks its disruption budget first. */
const podsOver = (api: Api, namespace: string): PodsPort => {
  const { listOf, deploymentOf, autoscalerOf } = placesIn(namespace);
  const folder = listOf('api/v1', 'pods');
  return {
    async of(service, slot) {
      const deployment = readObject(
        Deployment,
        deploymentOf(service, slot),
        await api.get(deploymentOf(service, slot)),
      );
      const path = `${folder}?labelSelector=${selectorOf(deployment)}`;
      const { items } = readObject(Pods, path, await api.get(path));
      return items
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map((pod) => ({ name: pod.metadata.name, ready: isReady(pod), restarts: restartsOf(pod) }));
    },
    async recycle(service, slot, pod, token) {
      await patchFenced(api, autoscalerOf(service, slot), leaseOf(service), {}, token);
      await api.evict(`${folder}/${pod}`, { name: pod, namespace });
    },
  };
};

const restartsOf = ({ status }: Pod): number =>
  status.containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0);

export const eksPods = adapter({ CLUSTER_NAME: setting, CLUSTER_NAMESPACE: setting }, (settings) =>
  podsOver(kubernetesApi(eksConnection(settings.CLUSTER_NAME)), settings.CLUSTER_NAMESPACE),
);
