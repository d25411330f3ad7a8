import { ActionImpossible } from '../../contracts/failures.ts';

/** How many pods there are to be. Errors: `ActionImpossible` for a slot that is empty, or has as many as it may. */
export const scaledTo = (slot: string, wanted: number, { by, atMost }: { by: number; atMost: number }): number => {
  if (wanted === 0) throw new ActionImpossible(`${slot} runs nothing`, { slot });
  if (wanted >= atMost)
    throw new ActionImpossible(`${slot} has ${wanted} pods, and may have ${atMost}`, { slot, wanted, atMost });
  return Math.min(wanted + by, atMost);
};
