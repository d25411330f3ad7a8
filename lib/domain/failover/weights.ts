import type { Side, SideWeights } from '../../contracts/failover.ts';
import { WeightsInvalid } from '../../contracts/failures.ts';

export const allTo = (side: Side): SideWeights => ({ primary: 0, second: 0, [side]: 100 });

export const sameWeights = (a: SideWeights, b: SideWeights): boolean =>
  a.primary === b.primary && a.second === b.second;

/** Errors: `WeightsInvalid`. */
export const assertSideWeights = ({ primary, second }: SideWeights): void => {
  const whole = [primary, second].every((weight) => Number.isInteger(weight) && weight >= 0);
  if (whole && primary + second === 100) return;
  throw new WeightsInvalid(
    `weights: expected whole percentages that sum to 100, got primary ${primary}, second ${second}`,
    { weights: { primary, second } },
  );
};
