import type { Digest } from '../../../lib/contracts/names.ts';
import type { SlotState } from '../../../lib/contracts/slot-state.ts';
import type { Behaviour } from './behaviour.ts';

/** The pods of one slot. `readyAtMs` has one entry per pod: when it passes its readiness check. */
export interface SlotPods {
  readonly digest?: Digest;
  readonly floor: number;
  readonly filledAtMs: number;
  readonly readyAtMs: readonly number[];
  /** Since when autoscaling has wanted fewer pods. */
  readonly quietSinceMs?: number;
}

/** A crash-looping pod looks ready for a moment in each round; a container counts as crashing from its second restart. */
const crashRoundMs = 5000;
const crashReadyMs = 1000;
const crashingAfterMs = 2 * crashRoundMs;

export const emptySlot = (floor: number, nowMs: number): SlotPods => ({ floor, filledAtMs: nowMs, readyAtMs: [] });

/** Pods that answer at this moment. */
export const readyPods = ({ readyAtMs }: SlotPods, behaviour: Behaviour, atMs: number): number =>
  readyAtMs.filter((readyMs) => atMs >= readyMs && !(behaviour.crashes && isDown(atMs - readyMs))).length;

const isDown = (upMs: number): boolean => upMs % crashRoundMs >= crashReadyMs;

export const stateOf = (pods: SlotPods, behaviour: Behaviour, atMs: number): SlotState => ({
  ...(pods.digest && { digest: pods.digest }),
  wanted: pods.readyAtMs.length,
  ready: readyPods(pods, behaviour, atMs),
  crashing: behaviour.crashes && pods.readyAtMs.some((readyMs) => atMs - readyMs >= crashingAfterMs),
  floor: pods.floor,
});

/** Pods are added, or the newest taken away, until there are `wanted`. */
export const scaled = (pods: SlotPods, wanted: number, newReadyAtMs: number): SlotPods => {
  const kept = pods.readyAtMs.slice(0, wanted);
  const added = Array.from({ length: wanted - kept.length }, () => newReadyAtMs);
  return { ...pods, readyAtMs: [...kept, ...added] };
};
