import type { Act } from '../stage.ts';
import { undoneRelease } from './undone-release.ts';

/**
 * The first crash may come just before the next stage begins, whose first window must be over before a verdict: a bucket
 * and a window of ten seconds each, and the undo.
 */
const mostSecondsToSafe = 25;

/** The pods die under their users, come back and die again: they are ready too often to look dead. */
export const crashLoop: Act = {
  name: 'crash-loop',
  title: 'A release that crashes under load comes back by itself',
  run: (stage) => undoneRelease(stage, 'late-crash-loop', mostSecondsToSafe),
};
