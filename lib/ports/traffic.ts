import type { ServiceName } from '../contracts/names.ts';
import type { Weights } from '../contracts/routing.ts';

/** Who gets requests. */
export interface Traffic {
  weights(service: ServiceName): Promise<Weights>;
  /**
   * One idempotent write, conditional on the fencing token alone. It reads nobody's health.
   * Errors: `WeightsInvalid`, `LeaseLost`.
   */
  shift(service: ServiceName, weights: Weights, token: number): Promise<void>;
}
