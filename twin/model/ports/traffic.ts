import { WeightsInvalid } from '../../../lib/contracts/failures.ts';
import { leaseOf } from '../../../lib/contracts/lease.ts';
import type { Weights } from '../../../lib/contracts/routing.ts';
import type { Traffic } from '../../../lib/ports/traffic.ts';
import type { Changes } from '../changes.ts';
import type { Services } from '../world/services.ts';
import { Fence } from './fence.ts';

export const modelTraffic = (services: Services, changes: Changes): Traffic => {
  const fence = new Fence();
  return {
    weights: async (service) => services.get(service).written(),
    async shift(service, weights, token) {
      assertWeights(weights);
      fence.admit(service, leaseOf(service), token);
      services.get(service).shift(weights);
      changes.add({ resource: `traffic/${service}`, token, value: weights });
    },
  };
};

const assertWeights = ({ blue, green }: Weights): void => {
  const whole = [blue, green].every((weight) => Number.isInteger(weight) && weight >= 0);
  if (whole && blue + green === 100) return;
  throw new WeightsInvalid(`weights: expected whole percentages that sum to 100, got blue ${blue}, green ${green}`, {
    weights: { blue, green },
  });
};
