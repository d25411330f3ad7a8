import { leaseOf } from '../../../lib/contracts/lease.ts';
import type { ServiceName, Slot } from '../../../lib/contracts/names.ts';
import type { Cluster } from '../../../lib/ports/cluster.ts';
import type { Changes } from '../changes.ts';
import type { Services } from '../world/services.ts';
import { Fence } from './fence.ts';

export const modelCluster = (services: Services, changes: Changes): Cluster => {
  const fence = new Fence();
  const write = (service: ServiceName, slot: Slot, token: number, value: unknown, change: () => void) => {
    fence.admit(`${service}/${slot}`, leaseOf(service), token);
    change();
    changes.add({ resource: `slot/${service}/${slot}`, token, value });
  };
  return {
    slot: async (service, slot) => services.get(service).state(slot),
    fill: async (service, slot, to, token) =>
      write(service, slot, token, to, () => services.get(service).fill(slot, to)),
    pinFloor: async (service, slot, floor, token) =>
      write(service, slot, token, { floor }, () => services.get(service).pinFloor(slot, floor)),
    restart: async (service, slot, at, token) =>
      write(service, slot, token, { restartedAt: at }, () => services.get(service).restart(slot, at)),
    retire: async (service, slot, token) =>
      write(service, slot, token, { replicas: 0 }, () => services.get(service).retire(slot)),
  };
};
