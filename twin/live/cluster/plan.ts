import type { Pod } from './pod.ts';
import { type Wish, wantedOf } from './wish.ts';

const firstBackOffMs = 100;
const longestBackOffMs = 10_000;

/** What brings a slot from what runs to what should run. */
export type SlotPlan = { start: number[]; drain: Pod[] };

/** One pod per replica of the present generation; everything else goes, after a restart when its place is taken. `mayStart` says that a back-off is over. */
export const planSlot = (wish: Wish, pods: readonly Pod[], mayStart: (ordinal: number) => boolean): SlotPlan => {
  const ordinals = Array.from({ length: wantedOf(wish) }, (_, ordinal) => ordinal);
  const staying = pods.filter(
    (pod, index) =>
      pod.phase !== 'draining' &&
      pod.generation === wish.generation &&
      ordinals.includes(pod.ordinal) &&
      pods.findIndex((other) => sameReplica(other, pod)) === index,
  );
  const awaiting = pods.filter((pod) => ordinals.includes(pod.ordinal) && awaitsItsSuccessor(wish, pod, staying));
  return {
    start: ordinals.filter((ordinal) => mayStart(ordinal) && !staying.some((pod) => pod.ordinal === ordinal)),
    drain: pods.filter((pod) => pod.phase !== 'draining' && !staying.includes(pod) && !awaiting.includes(pod)),
  };
};

/** A restart takes nothing from the users: a pod goes when the one in its place is ready. */
const awaitsItsSuccessor = ({ since, generation }: Wish, pod: Pod, staying: readonly Pod[]): boolean =>
  since !== undefined &&
  pod.generation >= since &&
  pod.generation < generation &&
  !staying.some(({ ordinal, phase }) => ordinal === pod.ordinal && phase === 'ready');

const sameReplica = (a: Pod, b: Pod): boolean =>
  a.phase !== 'draining' && a.generation === b.generation && a.ordinal === b.ordinal;

/** Doubles with each restart, so that a crash loop costs little. */
export const backOffMs = (restarts: number): number =>
  restarts === 0 ? 0 : Math.min(longestBackOffMs, firstBackOffMs * 2 ** (restarts - 1));
