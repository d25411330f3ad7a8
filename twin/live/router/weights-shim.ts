import { WeightsInvalid } from '../../../lib/contracts/failures.ts';
import type { Weights } from '../../../lib/contracts/routing.ts';

export const assertWeights = (weights: Weights): void => {
  const whole = Object.values(weights).every((weight) => Number.isInteger(weight) && weight >= 0);
  if (!whole || weights.blue + weights.green !== 100) {
    throw new WeightsInvalid(
      `weights: expected whole numbers that sum to 100, got ${JSON.stringify(weights)}`,
      weights,
    );
  }
};
