import { ActionImpossible } from '../../contracts/failures.ts';
import type { PodSeen } from '../../contracts/pod.ts';

/**
 * The pod to be replaced: the one that is named, else the one that looks worst. Errors: `ActionImpossible` when it is not there, and
 * when there is none.
 */
export const choosePod = (slot: string, pods: readonly PodSeen[], named: string | undefined): string => {
  const worst = [...pods].sort(worstFirst)[0];
  const chosen = named === undefined ? worst?.name : pods.find(({ name }) => name === named)?.name;
  if (chosen !== undefined) return chosen;
  const says = named === undefined ? `${slot} has no pod` : `${slot} has no pod "${named}"`;
  throw new ActionImpossible(says, { slot, pods: pods.map(({ name }) => name) });
};

/** One that answers nobody, then the one that began anew most often. */
const worstFirst = (a: PodSeen, b: PodSeen): number =>
  Number(a.ready) - Number(b.ready) || b.restarts - a.restarts || (a.name < b.name ? -1 : 1);
