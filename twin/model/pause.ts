import type { Clock } from '../engine/index.ts';

/** Resolves after so much of the model's time. */
export const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => clock.at(clock.now() + ms, resolve));
