import type { Log } from '../../lib/runtime/call.ts';
import type { Clock } from '../engine/index.ts';

interface Options {
  readonly clock: Clock;
  /** The processes of the world that should run and do not. */
  readonly missing: () => Promise<readonly string[]>;
  /** Starts what does not run. */
  readonly restart: () => Promise<unknown>;
  readonly log: Log;
}

export interface WorldKeeper {
  /** Begins nothing more, and answers once what was begun has ended. */
  stop(): Promise<void>;
}

const shortestWaitMs = 1000;
/** What ends again and again is started about once a minute, so that it takes neither the machine nor the log. */
const longestWaitMs = 60_000;

/** Stands in for what restarts processes in an account: starts again what ended of the world, until it is stopped. */
export const keepWorld = ({ clock, missing, restart, log }: Options): WorldKeeper => {
  let waitMs = shortestWaitMs;
  const look = async (): Promise<void> => {
    const gone = await missing();
    waitMs = gone.length === 0 ? shortestWaitMs : Math.min(waitMs * 2, longestWaitMs);
    if (gone.length === 0) return;
    log.error('the world lost processes', { gone });
    await restart();
    log.info('the world is whole again', { restarted: gone });
  };
  let open = true;
  let cancel = (): void => {};
  let looking = Promise.resolve();
  const repeat = async (): Promise<void> => {
    await look().catch((error: unknown) => log.error('the world cannot be kept', { error: String(error) }));
    if (open) cancel = next();
  };
  const next = () =>
    clock.at(clock.now() + waitMs, () => {
      looking = repeat();
    });
  cancel = next();
  return {
    async stop() {
      open = false;
      cancel();
      await looking;
    },
  };
};
