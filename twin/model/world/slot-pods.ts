import type { Instant } from '../../../lib/contracts/instant.ts';
import type { Digest } from '../../../lib/contracts/names.ts';
import type { SlotState } from '../../../lib/contracts/slot-state.ts';
import type { Behaviour } from './behaviour.ts';

/** The pods of one slot. `readyAtMs` has one entry per pod: when it passes its readiness check. */
export interface SlotPods {
  readonly digest?: Digest;
  readonly floor: number;
  readonly filledAtMs: number;
  readonly readyAtMs: readonly number[];
  readonly restartedAt?: Instant;
  /** `readyAtMs` of the pods before a restart: each serves until the one in its place is ready. */
  readonly leaving?: readonly number[];
  /** Since when autoscaling has wanted fewer pods. */
  readonly quietSinceMs?: number;
}

/** A crash-looping pod looks ready for a moment in each round; a container counts as crashing from its second restart. */
const crashRoundMs = 5000;
const crashReadyMs = 1000;
const crashingAfterMs = 2 * crashRoundMs;

export const emptySlot = (floor: number, nowMs: number): SlotPods => ({ floor, filledAtMs: nowMs, readyAtMs: [] });

/** Pods that answer at this moment. */
export const servingPods = ({ readyAtMs, leaving = [] }: SlotPods, behaviour: Behaviour, atMs: number): number =>
  readyAtMs.filter((readyMs, place) => isUp(readyMs, behaviour, atMs) || isUp(leaving[place], behaviour, atMs)).length;

const isUp = (readyMs: number | undefined, { crashes }: Behaviour, atMs: number): boolean =>
  readyMs !== undefined && atMs >= readyMs && !(crashes && isDown(atMs - readyMs));

const isDown = (upMs: number): boolean => upMs % crashRoundMs >= crashReadyMs;

export const stateOf = (pods: SlotPods, behaviour: Behaviour, atMs: number): SlotState => ({
  ...(pods.digest && { digest: pods.digest }),
  wanted: pods.readyAtMs.length,
  ready: pods.readyAtMs.filter((readyMs) => isUp(readyMs, behaviour, atMs)).length,
  crashing: behaviour.crashes && pods.readyAtMs.some((readyMs) => atMs - readyMs >= crashingAfterMs),
  floor: pods.floor,
});

/** The same restart again is none, and where nothing runs there is nothing to start anew. */
export const restarted = (pods: SlotPods, at: Instant, newReadyAtMs: number): SlotPods =>
  pods.restartedAt === at || pods.readyAtMs.length === 0
    ? pods
    : { ...pods, restartedAt: at, leaving: pods.readyAtMs, readyAtMs: pods.readyAtMs.map(() => newReadyAtMs) };

/** Pods are added, or the newest taken away, until there are `wanted`. */
export const scaled = (pods: SlotPods, wanted: number, newReadyAtMs: number): SlotPods => {
  const kept = pods.readyAtMs.slice(0, wanted);
  const added = Array.from({ length: wanted - kept.length }, () => newReadyAtMs);
  return { ...pods, readyAtMs: [...kept, ...added] };
};
