import type { Help } from '../../contracts/incident.ts';
import type { Rung } from '../../contracts/playbook.ts';
import type { Observation } from '../../contracts/remedy.ts';

/**
 * Did it help? Undefined while that cannot be said yet. Rule: it helped when the success held in so many periods in a row; what cannot be
 * seen is no success. After `patience` periods in a row without one it did not; where it held at first and then no more, it made it worse, as it
 * did, without more patience, where so many periods in a row were clearly worse than before it.
 */
export const judgeHelp = (
  observations: readonly Observation[],
  { periods, patience }: Pick<Rung, 'periods' | 'patience'>,
): Help | undefined => {
  const last = observations.slice(-periods);
  if (last.length === periods && last.every(held)) return 'helped';
  if (last.length === periods && last.every(({ worse }) => worse === true)) return 'harmed';
  const lastHeld = observations.findLastIndex(held);
  if (observations.length - (lastHeld + 1) < patience) return undefined;
  return lastHeld >= 0 ? 'harmed' : 'neutral';
};

const held = ({ success }: Observation): boolean => success === true;
