import type { Act } from '../stage.ts';
import { undoneRelease } from './undone-release.ts';

/**
 * The promise: from the start of the first bad ten seconds until requests show that traffic is back. The image's first
 * fifty answers per pod are good, so no check before the shift can see it.
 */
const mostSecondsToSafe = 15;

export const badRelease: Act = {
  name: 'bad-release',
  title: 'A release that fails one request in five comes back by itself',
  run: (stage) => undoneRelease(stage, 'late-errors-20', mostSecondsToSafe),
};
