import { setTimeout as pause } from 'node:timers/promises';
import { DependencyUnavailable } from '../../../lib/contracts/failures.ts';

const betweenLooksMs = 20;

/** Looks until there is an answer. Errors: `DependencyUnavailable` that names what did not come, after `deadlineMs`. */
export const until = async <T>(
  what: string,
  deadlineMs: number,
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> => {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new DependencyUnavailable(`${what}: not within ${deadlineMs} ms`, { what });
    await pause(betweenLooksMs);
  }
};
