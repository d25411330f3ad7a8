import type { Digest, ServiceName, Slot } from '../../contracts/names.ts';
import type { LiveRelease } from '../../contracts/release.ts';
import type { SlotState } from '../../contracts/slot-state.ts';

export type DependantFacts = { service: ServiceName; floor: number; live: LiveRelease | undefined; state: SlotState };
export type Filling = { service: ServiceName; slot: Slot; digest: Digest; replicas: number };

/** The live slots that have fewer pods than the catalog's floor. One that has more keeps them. */
export const slotsToFill = (dependants: readonly DependantFacts[]): Filling[] =>
  dependants.flatMap(({ service, floor, live, state }) => {
    if (!live || (state.digest === live.digest && state.wanted >= floor)) return [];
    return [{ service, slot: live.slot, digest: live.digest, replicas: Math.max(floor, state.wanted) }];
  });

/** Whether the pods of a service can carry its traffic. Without a live release nothing is known to run. */
export const podsReady = ({ service, floor, live, state }: DependantFacts): { ready: boolean; reason: string } => {
  if (!live) return { ready: false, reason: `${service} has no live release on record in this region` };
  const ready = state.digest === live.digest ? state.ready : 0;
  return { ready: ready >= floor, reason: `${ready} of ${floor} pods of ${service} are ready in slot ${live.slot}` };
};
