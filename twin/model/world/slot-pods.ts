import { DependencyThrottled } from '../../../lib/contracts/failures.ts';
import type { Instant } from '../../../lib/contracts/instant.ts';
import type { Digest } from '../../../lib/contracts/names.ts';
import type { PodSeen } from '../../../lib/contracts/pod.ts';
import type { SlotState } from '../../../lib/contracts/slot-state.ts';
import { scaledTo } from '../../../lib/domain/remediation/scaled-to.ts';
import type { Behaviour } from './behaviour.ts';

/** The pods of one slot. `readyAtMs` has one entry per pod: when it passes its readiness check. */
export interface SlotPods {
  readonly digest?: Digest;
  readonly floor: number;
  readonly filledAtMs: number;
  readonly readyAtMs: readonly number[];
  readonly restartedAt?: Instant;
  readonly scaledAt?: Instant;
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

/** More pods, once for each moment. Errors: `ActionImpossible`. */
export const grown = (
  slot: string,
  pods: SlotPods,
  to: { by: number; atMost: number },
  { at, newReadyAtMs }: { at: Instant; newReadyAtMs: number },
): SlotPods => {
  if (pods.scaledAt === at) return pods;
  const floor = scaledTo(slot, pods.readyAtMs.length, to);
  return { ...scaled(pods, floor, newReadyAtMs), floor, scaledAt: at };
};

/** A pod of the model is known by its place and by when it is ready; another one in its place is ready later. */
const nameAt = (readyMs: number, place: number): string => `${place}-${readyMs}`;

export const podsOf = ({ readyAtMs }: SlotPods, behaviour: Behaviour, atMs: number): PodSeen[] =>
  readyAtMs.map((readyMs, place) => ({
    name: nameAt(readyMs, place),
    ready: isUp(readyMs, behaviour, atMs),
    restarts: behaviour.crashes ? Math.max(0, Math.floor((atMs - readyMs) / crashRoundMs)) : 0,
  }));

/** As a disruption budget of one: the last pod that is ready stays. Errors: `DependencyThrottled`. */
export const recycled = (
  pods: SlotPods,
  pod: string,
  behaviour: Behaviour,
  { atMs, newReadyAtMs }: { atMs: number; newReadyAtMs: number },
): SlotPods => {
  const others = podsOf(pods, behaviour, atMs).filter(({ name }) => name !== pod);
  const found = podsOf(pods, behaviour, atMs).find(({ name }) => name === pod);
  if (!found) return pods;
  if (found.ready && !others.some(({ ready }) => ready))
    throw new DependencyThrottled(`${pod} is the last pod of its slot that is ready`, { pod });
  const readyAtMs = pods.readyAtMs.map((readyMs, place) => (nameAt(readyMs, place) === pod ? newReadyAtMs : readyMs));
  return { ...pods, readyAtMs };
};
