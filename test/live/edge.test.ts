import { expect, test } from '@jest/globals';
import { liveEdge, liveSchedules } from '../../twin/live/edge/edge.ts';
import { failure } from '../contracts/good.ts';

test('what the twin has nothing for is refused by name', async () => {
  await expect(liveEdge.purge('E2SHOP', '/', 'remedy-1-0')).rejects.toEqual(failure('ActionImpossible'));
  await expect(liveSchedules.pause('nightly')).rejects.toEqual(failure('ActionImpossible'));
});
