import { leaseOf } from '../../../lib/contracts/lease.ts';
import type { ServiceName, Slot } from '../../../lib/contracts/names.ts';
import type { Cluster } from '../../../lib/ports/cluster.ts';
import type { Pods } from '../../../lib/ports/pods.ts';
import type { Changes } from '../changes.ts';
import type { Services } from '../world/services.ts';
import { Fence } from './fence.ts';

/** Both under one fence, as all writers of a slot are. */
export const modelCluster = (services: Services, changes: Changes): { cluster: Cluster; pods: Pods } => {
  const fence = new Fence();
  const write = <T>(service: ServiceName, slot: Slot, token: number, value: unknown, change: () => T): T => {
    fence.admit(`${service}/${slot}`, leaseOf(service), token);
    const result = change();
    changes.add({ resource: `slot/${service}/${slot}`, token, value });
    return result;
  };
  const cluster: Cluster = {
    slot: async (service, slot) => services.get(service).state(slot),
    fill: async (service, slot, to, token) =>
      write(service, slot, token, to, () => services.get(service).fill(slot, to)),
    pinFloor: async (service, slot, floor, token) =>
      write(service, slot, token, { floor }, () => services.get(service).pinFloor(slot, floor)),
    restart: async (service, slot, at, token) =>
      write(service, slot, token, { restartedAt: at }, () => services.get(service).restart(slot, at)),
    scaleUp: async (service, slot, to, at, token) =>
      write(service, slot, token, { scaledAt: at }, () => services.get(service).scaleUp(slot, to, at)),
    retire: async (service, slot, token) =>
      write(service, slot, token, { replicas: 0 }, () => services.get(service).retire(slot)),
  };
  const pods: Pods = {
    of: async (service, slot) => services.get(service).pods(slot),
    recycle: async (service, slot, pod, token) =>
      write(service, slot, token, { recycled: pod }, () => services.get(service).recycle(slot, pod)),
  };
  return { cluster, pods };
};
