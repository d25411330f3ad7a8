import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { production } from '../../twin/live/databases/production.ts';
import { standby } from '../../twin/live/databases/standby.ts';
import { databaseAddress, type LiveAccess, openLivePorts, startWorld, stopWorld } from '../../twin/live/index.ts';
import { stopDatabase } from '../../twin/live/postgres/postgres.ts';
import { until } from '../../twin/live/process/until.ts';
import { describePromotion, describeRestarts, describeSessions, presently } from '../contracts/data-tier.contract.ts';
import { failure } from '../contracts/good.ts';
import { query } from './support/copies.ts';
import { sharedDatabase } from './support/database.ts';
import { newFolder } from './support/folder.ts';

/* Real servers: a PostgreSQL that is restarted, sessions that wait for each other, and a copy that follows. */

jest.setTimeout(120_000);

const soonMs = 45_000;
const current = sharedDatabase();
const run = async (sql: string) => query(await databaseAddress(current().folder), sql);

/** Tokens only grow, and the world of these tests is one. */
let spent = 0;
describeRestarts('live', async () => {
  const { databaseOperations } = current().ports;
  spent += 10;
  const base = spent;
  return {
    port: {
      ...databaseOperations,
      restart: (id, how, since, token) => databaseOperations.restart(id, how, since, base + token),
    },
    server: production,
    started: async () => (await run('SELECT pg_postmaster_start_time()::text AS at'))[0],
    now: presently,
  };
});

const clients: pg.Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end().catch(() => undefined);
});
const session = async (application_name: string): Promise<pg.Client> => {
  const client = new pg.Client({ ...(await databaseAddress(current().folder)), application_name });
  client.on('error', () => undefined);
  await client.connect();
  clients.push(client);
  return client;
};
const names = ['first', 'second', 'third'];
const waiting = async () => (await run('SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted'))[0].n;

describeSessions('live', async () => ({
  port: current().ports.sessions,
  server: production,
  async queue() {
    await run('CREATE TABLE IF NOT EXISTS held (); CREATE TABLE IF NOT EXISTS behind ()');
    const [first, second, third] = await Promise.all(names.map(session));
    await first?.query('BEGIN; LOCK TABLE held');
    await second?.query('BEGIN; LOCK TABLE behind');
    const asked = [second?.query('LOCK TABLE held'), third?.query('BEGIN; LOCK TABLE behind')];
    for (const one of asked) one?.catch(() => undefined);
    await until('two who wait', soonMs, async () => (await waiting()) === 2);
  },
  async connected() {
    const rows = await run('SELECT application_name AS name FROM pg_stat_activity');
    return names.filter((name) => rows.some((row) => row.name === name));
  },
}));

describe('with a copy in the second region', () => {
  const worlds: (LiveAccess & { folder: string })[] = [];
  afterEach(async () => {
    for (const { folder, close } of worlds.splice(0)) {
      close();
      await stopWorld(folder);
      await rm(folder, { recursive: true, force: true });
    }
  });

  describePromotion('live', async () => {
    const folder = await newFolder();
    await startWorld(folder, { services: [], standby: true });
    const world = { ...openLivePorts(folder), folder };
    worlds.push(world);
    const { databases, databaseOperations } = world.ports;
    const copy = () => databases.find(standby);
    await until('a copy that follows', soonMs, async () => (await copy())?.status === 'available');
    return {
      port: databaseOperations,
      server: production,
      replica: standby,
      follows: async () => (await copy())?.follows !== undefined,
      lose: () => stopDatabase(folder),
    };
  });
});

test('what the twin has nothing for is refused by name', async () => {
  const { databaseOperations, caches } = current().ports;
  const growth = { byPercent: 50, atMostGib: 100, stamp: 'a' };
  const refused = failure('ActionImpossible');
  await expect(databaseOperations.restart(production, 'to-standby', presently(), 1)).rejects.toEqual(refused);
  await expect(databaseOperations.extendStorage(production, growth, 1)).rejects.toEqual(refused);
  await expect(caches.failOver('shop', presently(), 1)).rejects.toEqual(refused);
});
