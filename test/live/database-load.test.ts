import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { databaseAddress, databaseLoad } from '../../twin/live/index.ts';
import { startDatabase, stopDatabase } from '../../twin/live/postgres/postgres.ts';
import { until } from '../../twin/live/process/until.ts';
import { newFolder } from './support/folder.ts';

let folder: string;

beforeAll(async () => {
  folder = await newFolder();
  await startDatabase(folder);
}, 30_000);
afterAll(async () => {
  await stopDatabase(folder);
  await rm(folder, { recursive: true, force: true });
}, 30_000);

const session = async (): Promise<pg.Client> => {
  const client = new pg.Client(await databaseAddress(folder));
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

test('says how many of its connections are used, also when none is left', async () => {
  const { connectionsShare } = await databaseLoad(folder, 5);
  expect(connectionsShare).toBeLessThan(0.2);
  const held: pg.Client[] = [];
  const full = async () => {
    for (;;) held.push(await session());
  };
  await expect(full()).rejects.toMatchObject({ code: '53300' });
  expect(await databaseLoad(folder, 5)).toEqual({ connectionsShare: 1 });
  await Promise.all(held.map((client) => client.end()));
});

test('counts the sessions that wait for another', async () => {
  const [holder, waiter] = [await session(), await session()];
  await holder.query('CREATE TABLE waited_for ()');
  await holder.query('BEGIN; LOCK TABLE waited_for');
  const waiting = waiter.query('SELECT FROM waited_for');
  await until('a session that waits', 10_000, async () => (await databaseLoad(folder, 0)).blockedSessions === 1);
  expect((await databaseLoad(folder, 3600)).blockedSessions).toBe(0);
  await holder.query('COMMIT');
  await waiting;
  await Promise.all([holder.end(), waiter.end()]);
});
