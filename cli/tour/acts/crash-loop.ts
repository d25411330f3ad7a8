import type { Act } from '../stage.ts';
import { undoneRelease } from './undone-release.ts';

/**
 * Each crash costs only the few requests that were on their way, so the first bad bucket may hold a single failure and the
 * evidence come together in the next one: two buckets of ten seconds, and the undo.
 */
const mostSecondsToSafe = 25;

/** The pods die under their users, come back and die again: they are ready too often to look dead. */
export const crashLoop: Act = {
  name: 'crash-loop',
  title: 'A release that crashes under load comes back by itself',
  run: (stage) => undoneRelease(stage, 'late-crash-loop', mostSecondsToSafe),
};
