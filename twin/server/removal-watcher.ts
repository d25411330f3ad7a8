import { fromMs, type Instant } from '../../lib/contracts/instant.ts';
import type { Clock } from '../engine/index.ts';

interface Options {
  readonly removals: { due(now: Instant): string[]; disarm(drill: string): Promise<void> };
  readonly clock: Clock;
  /** Rejects when it was not taken; it is then tried again. */
  readonly fire: (drill: string) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

const shortestWaitMs = 500;
const longestWaitMs = 30_000;

/**
 * Stands in for the scheduler's one-shot schedules: fires what is due, at least once, also what came due while nothing watched.
 * What is armed is in the store, so a restart changes nothing. Answers the way to stop, which waits for what was begun.
 */
export const watchRemovals = ({ removals, clock, fire, onError }: Options): (() => Promise<void>) => {
  let waitMs = shortestWaitMs;
  let open = true;
  let cancel = () => {};
  const tell = async (drill: string): Promise<void> => {
    await fire(drill);
    await removals.disarm(drill);
  };
  const look = async (): Promise<void> => {
    const told = await Promise.allSettled(removals.due(fromMs(clock.now())).map(tell));
    const failed = told.filter((one) => one.status === 'rejected');
    for (const { reason } of failed) onError(reason);
    waitMs = failed.length === 0 ? shortestWaitMs : Math.min(waitMs * 2, longestWaitMs);
  };
  const repeat = async (): Promise<void> => {
    await look().catch(onError);
    if (open) next();
  };
  const next = () => {
    cancel = clock.at(clock.now() + waitMs, () => {
      looking = repeat();
    });
  };
  let looking = repeat();
  return async () => {
    open = false;
    cancel();
    await looking;
  };
};
