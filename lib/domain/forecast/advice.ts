import type { Instant } from '../../contracts/instant.ts';
import type { Expected } from './forecast.ts';

/** `requestsPerPod`: what one pod answers well in a second, as its team measured. `floor`: the fewest pods that there are. */
export type Capacity = { slotSeconds: number; requestsPerPod: number; floor: number };
export type Advice = { to: number; before: Instant; says: string };

const mostPods = 1000;

/**
 * So many pods that the upper bound of every slot is served, and the beginning of the first that needs more than there are. Null when the
 * floor is enough.
 */
export const adviceOf = (service: string, expected: readonly Expected[], capacity: Capacity): Advice | null => {
  const needs = expected.map(({ at, high }) => ({ at, pods: podsFor(high, capacity) }));
  const first = needs.find(({ pods }) => pods > capacity.floor);
  if (!first) return null;
  const to = Math.min(mostPods, Math.max(...needs.map(({ pods }) => pods)));
  const time = first.at.slice(11, 16);
  return {
    to,
    before: first.at,
    says: `raise the floor of ${service} to ${to} before ${time} UTC (${first.at.slice(0, 10)})`,
  };
};

const podsFor = (requests: number, { slotSeconds, requestsPerPod }: Capacity): number =>
  Math.ceil(requests / slotSeconds / requestsPerPod);
