import { WeightsInvalid } from '../../contracts/failures.ts';
import { otherSlot, type Slot, slots } from '../../contracts/names.ts';
import type { Weights } from '../../contracts/routing.ts';

/** `percent` of traffic to `slot`, the rest to the other. */
export const weightsTowards = (slot: Slot, percent: number): Weights => {
  const weights = { [slot]: percent, [otherSlot(slot)]: 100 - percent } as Weights;
  assertWeights(weights);
  return weights;
};

/** What is wrong with these weights, if anything. */
export const weightProblem = (weights: Weights): string | undefined => {
  const shown = slots.map((slot) => `${slot} ${weights[slot]}`).join(', ');
  const values = slots.map((slot) => weights[slot]);
  if (!values.every((value) => Number.isInteger(value) && value >= 0 && value <= 100))
    return `weights: each is a whole number from 0 to 100, got ${shown}`;
  const sum = values.reduce((total, value) => total + value, 0);
  return sum === 100 ? undefined : `weights: must sum to 100, got ${shown} (${sum})`;
};

export const assertWeights = (weights: Weights): void => {
  const problem = weightProblem(weights);
  if (problem) throw new WeightsInvalid(problem, { weights });
};
