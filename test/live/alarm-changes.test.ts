import { rm } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { openLivePorts } from '../../twin/live/index.ts';
import { aChange } from '../contracts/incidents.contract.ts';
import { newFolder } from './support/folder.ts';

const day = 86_400;

test('changes of alarms older than 100 days go, and a clock that is ahead drops none early', async () => {
  const folder = await newFolder();
  const access = openLivePorts(folder);
  try {
    const { clock, incidents } = access.ports;
    const now = clock.now();
    const ofDay = (days: number) => aChange({ at: plusSeconds(now, days * day) });
    await incidents.keepChange(ofDay(-101));
    await incidents.keepChange(ofDay(-99));
    await incidents.keepChange(ofDay(200));
    await incidents.keepChange(ofDay(0));
    expect(await incidents.changes('shop-errors', ofDay(-300).at)).toEqual([ofDay(200), ofDay(0), ofDay(-99)]);
  } finally {
    access.close();
    await rm(folder, { recursive: true, force: true });
  }
});
