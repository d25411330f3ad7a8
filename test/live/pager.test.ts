import { rm } from 'node:fs/promises';
import { afterAll, expect, test } from '@jest/globals';
import { openLivePorts, stopWorld } from '../../twin/live/index.ts';
import { pagerEvents } from '../../twin/live/pager/events.ts';
import { openStore } from '../../twin/live/store/database.ts';
import { aCall, describePager, stateAfter } from '../contracts/pager.contract.ts';
import { newFolder } from './support/folder.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) {
    await stopWorld(folder);
    await rm(folder, { recursive: true, force: true });
  }
});

const heardIn = (folder: string) => {
  const store = openStore(folder);
  const events = pagerEvents(store).all();
  store.close();
  return events;
};
const fresh = async () => {
  const folder = await newFolder();
  folders.push(folder);
  const { port } = { port: openLivePorts(folder).ports.pager };
  return { folder, port, state: async (key: string) => stateAfter(heardIn(folder), key) };
};

describePager('live, over HTTP', fresh);

test('the double keeps what it was sent, and no key', async () => {
  const { folder, port } = await fresh();
  await port.call(aCall());
  expect(heardIn(folder)).toMatchObject([
    { event_action: 'trigger', dedup_key: 'remedy-1/0', payload: { source: 'service/shop', severity: 'critical' } },
  ]);
  expect(JSON.stringify(heardIn(folder))).not.toContain('evenkeeltwin');
});
