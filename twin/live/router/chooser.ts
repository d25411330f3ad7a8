import { type Slot, slots } from '../../../lib/contracts/names.ts';
import type { Endpoint, Route } from './route.ts';

/** Decides where the next request goes. */
export interface Chooser {
  slot(route: Route): Slot;
  /** The slot's pods, each next request starting one further. */
  endpoints(route: Route, slot: Slot): readonly Endpoint[];
}

/**
 * Smooth weighted round robin between the slots (as nginx does it): of any 100 requests exactly `weight` go to a slot,
 * spread evenly, so that even 1 % is seen early. Plain round robin among the pods of a slot.
 */
export const createChooser = (): Chooser => {
  const credit: Record<Slot, number> = { blue: 0, green: 0 };
  const turn: Record<Slot, number> = { blue: 0, green: 0 };
  return {
    slot({ weights }) {
      for (const slot of slots) credit[slot] = weights[slot] === 0 ? 0 : credit[slot] + weights[slot];
      const winner: Slot = weights.green === 0 || (weights.blue > 0 && credit.blue >= credit.green) ? 'blue' : 'green';
      credit[winner] -= 100;
      return winner;
    },
    endpoints({ endpoints }, slot) {
      const all = endpoints[slot];
      const first = all.length === 0 ? 0 : turn[slot]++ % all.length;
      return [...all.slice(first), ...all.slice(0, first)];
    },
  };
};
