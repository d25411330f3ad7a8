import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { databaseAddress } from '../../twin/live/index.ts';
import { databasePid, startDatabase, stopDatabase } from '../../twin/live/postgres/postgres.ts';
import { loopback } from '../../twin/live/process/http.ts';
import { isProcess } from '../../twin/live/process/identity.ts';
import { paths } from '../../twin/live/process/paths.ts';
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

const query = async (text: string) => {
  const client = new pg.Client(await databaseAddress(folder));
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

const pidNow = async () => (await databasePid(folder)) ?? 0;

test('listens on loopback alone, with a password of its own that only the owner can read', async () => {
  expect(await query('SHOW listen_addresses')).toEqual([{ listen_addresses: loopback }]);
  expect((await stat(paths.databaseAddress(folder))).mode & 0o077).toBe(0);
  const wrong = new pg.Client({ ...(await databaseAddress(folder)), password: 'guess' });
  await expect(wrong.connect()).rejects.toThrow(/password authentication failed/);
});

test('archives what was written', async () => {
  await query('CREATE TABLE IF NOT EXISTS sentinel (at timestamptz)');
  await query('INSERT INTO sentinel VALUES (now())');
  const [row] = await query('SELECT pg_walfile_name(pg_switch_wal()) AS segment');
  await until('the segment in the archive', 10_000, async () => {
    return (await readdir(paths.walArchive(folder))).includes(row.segment);
  });
}, 15_000);

test('started again is the same process', async () => {
  const pid = await pidNow();
  await startDatabase(folder);
  expect(await pidNow()).toBe(pid);
});

test('killed and started again has what was committed, at the same address', async () => {
  const [before, address] = [await pidNow(), await databaseAddress(folder)];
  await query(`INSERT INTO items VALUES (77, 'committed')`);
  process.kill(before, 'SIGKILL');
  await until('its end', 5000, () => !isProcess(before, paths.database(folder)));
  expect(await databasePid(folder)).toBeUndefined();
  await startDatabase(folder);
  expect(await databaseAddress(folder)).toEqual(address);
  expect(await query('SELECT name FROM items WHERE id = 77')).toEqual([{ name: 'committed' }]);
}, 30_000);

test('a process that merely has the number of an old one is not taken for the database', async () => {
  await stopDatabase(folder);
  const file = join(paths.database(folder), 'postmaster.pid');
  await writeFile(file, `${process.pid}\n`);
  expect(await databasePid(folder)).toBeUndefined();
  await stopDatabase(folder);
  await rm(file);
});
