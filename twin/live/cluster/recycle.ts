import { DependencyThrottled } from '../../../lib/contracts/failures.ts';
import type { ServiceName, Slot } from '../../../lib/contracts/names.ts';
import type { PodSeen } from '../../../lib/contracts/pod.ts';
import { type Park, podsIn, readyIn } from './park.ts';
import { enterPhase } from './pod.ts';
import { fenced, unchanged, wishOf } from './wish.ts';

export const seenPods = (park: Park, service: ServiceName, slot: Slot): PodSeen[] => {
  const { restarts } = wishOf(park.wishes.current, service).slots[slot];
  const ready = readyIn(park, service, slot);
  return podsIn(park, service, slot)
    .filter(({ phase }) => phase !== 'draining')
    .map((pod) => ({ name: pod.pod, ready: ready.includes(pod), restarts: restarts[pod.ordinal] ?? 0 }));
};

/**
 * Ends a pod once nothing is on its way to it; another takes its place. As a disruption budget of one: the last pod that is ready stays.
 * Errors: `DependencyThrottled`.
 */
export const recyclePod = async (
  park: Park,
  service: ServiceName,
  slot: Slot,
  { pod: name, token }: { pod: string; token: number },
): Promise<void> => {
  await park.wishes.change((wishes) => fenced(wishes, service, slot, token, unchanged));
  const pod = podsIn(park, service, slot).find((one) => one.pod === name);
  if (!pod || pod.phase === 'draining') return;
  const ready = readyIn(park, service, slot);
  if (ready.includes(pod) && ready.length === 1)
    throw new DependencyThrottled(`${name} is the last pod of ${service} ${slot} that is ready`, { pod: name });
  enterPhase(pod, 'draining', Date.now());
};
