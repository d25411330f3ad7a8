import type { ServiceName, Slot } from '../../../lib/contracts/names.ts';
import type { SlotState } from '../../../lib/contracts/slot-state.ts';
import { type Ask, askerOf } from '../control/client.ts';
import { type DurableValue, openDurable } from '../process/durable-value.ts';
import { paths } from '../process/paths.ts';
import type { RouterOperations } from '../router/operations.ts';
import { inSlot, type Pod } from './pod.ts';
import { createPublisher, type Publisher } from './publish.ts';
import { Wishes, wantedOf, wishOf } from './wish.ts';

/** All that a node knows. Only the wishes must survive it: pods are found again by their records and processes. */
export type Park = {
  readonly stateDir: string;
  readonly wishes: DurableValue<Wishes>;
  readonly router: Ask<RouterOperations>;
  readonly publisher: Publisher;
  readonly pods: Map<string, Pod>;
  /** When a replica last ended by itself, for its back-off. */
  readonly crashedAtMs: Map<string, number>;
};

export const openPark = async (stateDir: string): Promise<Park> => {
  const router = askerOf<RouterOperations>(stateDir, 'router');
  return {
    stateDir,
    wishes: await openDurable(paths.wishes(stateDir), Wishes, {}),
    router,
    publisher: createPublisher(router),
    pods: new Map(),
    crashedAtMs: new Map(),
  };
};

export const podsIn = (park: Park, service: ServiceName, slot: Slot): Pod[] =>
  [...park.pods.values()].filter(inSlot(service, slot));

/** The pods that pass their checks, run what the slot should run, and are known to the router. */
export const readyIn = (park: Park, service: ServiceName, slot: Slot): Pod[] => {
  const { generation } = wishOf(park.wishes.current, service).slots[slot];
  return podsIn(park, service, slot).filter(
    (pod) => pod.phase === 'ready' && pod.generation === generation && park.publisher.isIn(pod),
  );
};

export const slotState = (park: Park, service: ServiceName, slot: Slot): SlotState => {
  const wish = wishOf(park.wishes.current, service).slots[slot];
  return {
    ...(wish.digest === undefined ? {} : { digest: wish.digest }),
    wanted: wantedOf(wish),
    ready: readyIn(park, service, slot).length,
    crashing: wish.crashing,
    floor: wish.floor,
  };
};
