import type { ServiceName, Slot } from '../../../lib/contracts/names.ts';
import type { Ask } from '../control/client.ts';
import type { RouterOperations } from '../router/operations.ts';
import type { Endpoint } from '../router/route.ts';
import { inSlot, type Pod } from './pod.ts';

/** Tells the router which pods may get requests, and remembers what it has confirmed. */
export interface Publisher {
  publish(service: ServiceName, slot: Slot, pods: readonly Pod[]): Promise<void>;
  /** The router confirmed, on its disk, a list without this pod. */
  isOut(pod: Pod): boolean;
  /** The router confirmed that it sends requests to this pod. */
  isIn(pod: Pod): boolean;
}

export const createPublisher = (ask: Ask<RouterOperations>): Publisher => {
  const confirmed = new Map<string, readonly Endpoint[]>();
  return {
    async publish(service, slot, pods) {
      const key = `${service}/${slot}`;
      const endpoints = endpointsOf(pods.filter(inSlot(service, slot)));
      if (JSON.stringify(confirmed.get(key)) === JSON.stringify(endpoints)) return;
      await ask('publish', { service, slot, endpoints });
      confirmed.set(key, endpoints);
    },
    isIn: (pod) => listedIn(confirmed, pod) === true,
    isOut: (pod) => listedIn(confirmed, pod) === false,
  };
};

/** Undefined until the router has confirmed any list of the pod's slot. */
const listedIn = (confirmed: ReadonlyMap<string, readonly Endpoint[]>, { service, slot, pod }: Pod) =>
  confirmed.get(`${service}/${slot}`)?.some((endpoint) => endpoint.pod === pod);

const endpointsOf = (pods: readonly Pod[]): Endpoint[] =>
  pods
    .filter((pod) => pod.phase === 'ready')
    .flatMap(({ pod, port }) => (port === undefined ? [] : [{ pod, port }]))
    .sort((a, b) => a.pod.localeCompare(b.pod));
