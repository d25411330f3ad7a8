import type { Act } from '../stage.ts';
import { undoneRelease } from './undone-release.ts';

/** Its first fifty answers are good, so no check before the shift can see it. */
export const badRelease: Act = {
  name: 'bad-release',
  title: 'A release that fails one request in five comes back by itself',
  run: (stage) => undoneRelease(stage, 'late-errors-20'),
};
