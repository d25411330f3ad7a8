import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { largeBytes } from '../../lib/adapters/postgres/read-table.ts';
import { flipBytes } from '../../twin/live/databases/damage-files.ts';
import { startServer, stopServer } from '../../twin/live/databases/server.ts';
import { databaseAddress } from '../../twin/live/index.ts';
import { paths } from '../../twin/live/process/paths.ts';
import { describeContents } from '../contracts/contents.contract.ts';
import { failure } from '../contracts/good.ts';
import { copiesIn, production, query } from './support/copies.ts';
import { sharedDatabase } from './support/database.ts';

jest.setTimeout(60_000);

const current = sharedDatabase();
const anew = `
  DROP SCHEMA IF EXISTS evenkeel CASCADE; DROP TABLE IF EXISTS items, orders;
  CREATE TABLE items (id serial PRIMARY KEY, name text NOT NULL); CREATE TABLE orders (id integer);
  INSERT INTO items VALUES (1, 'keel'), (2, 'ballast'), (3, 'rudder')`;

const { run, copy, loginOf, removeAll } = copiesIn(current);

afterEach(removeAll);

describeContents('live', async () => {
  await run(anew);
  const asked = async (sql: string) => void (await run(sql));
  return { port: current().ports.contents, production, run: asked, copy };
});

describe('damage to the files of a copy', () => {
  const dataOf = (as: string) => `${paths.drill(current().folder, as)}/data`;

  /** Flips bytes of a file of the copy that is behind a table or an index, while its server is stopped. */
  const damaged = async (relation: string, position: number) => {
    await run(`${anew}; INSERT INTO items SELECT n, 'item ' || n FROM generate_series(4, 2000) n; CHECKPOINT`);
    const as = await copy();
    const login = loginOf(as);
    const [{ path }] = await query(login, `SELECT pg_relation_filepath('${relation}') AS path`);
    const dataDir = dataOf(as);
    await stopServer(dataDir);
    await flipBytes(`${dataDir}/${path}`, position);
    await startServer(dataDir, login.port);
    return as;
  };

  test('a flipped byte in a page of a table is damage of the table, and no other', async () => {
    const as = await damaged('items', 8192 + 4000);
    const { contents } = current().ports;
    expect((await contents.table(as, 'public.items')).damage.join()).toMatch(/invalid page in block 1/);
    expect((await contents.table(as, 'public.orders')).damage).toEqual([]);
  });

  test('a flipped byte in a page of an index is damage, though every row can be read', async () => {
    const as = await damaged('items_pkey', 8192 + 4000);
    const reading = await current().ports.contents.table(as, 'public.items');
    expect(reading).toMatchObject({ rows: 2000, damage: [expect.stringMatching(/^index .*items_pkey.*invalid page/)] });
  });

  test('a table that is large enough for two connections is read whole on both', async () => {
    await run(`${anew}; INSERT INTO items SELECT n, repeat('item ' || n, 9) FROM generate_series(4, 150000) n;
      CREATE INDEX items_name ON items (name); CREATE INDEX items_both ON items (name, id)`);
    const { contents } = current().ports;
    const whole = await contents.table(production, 'public.items');
    const [{ bytes }] = await run(`SELECT pg_table_size('items')::float8 AS bytes`);
    expect(bytes).toBeGreaterThan(largeBytes);
    const as = await copy();
    expect(await contents.table(as, 'public.items')).toEqual(whole);
    const login = loginOf(as);
    const relations = ['items', 'items_name', 'items_pkey'];
    const files = await Promise.all(
      relations.map((name) => query(login, `SELECT pg_relation_filepath('${name}') AS path`)),
    );
    const dataDir = dataOf(as);
    await stopServer(dataDir);
    for (const [{ path }] of files) await flipBytes(`${dataDir}/${path}`, 8192 + 4000);
    await startServer(dataDir, login.port);
    const { rows, checksum, damage } = await contents.table(as, 'public.items');
    expect({ rows, checksum }).toEqual({ rows: 0, checksum: 'unreadable' });
    const of = (index: string) => expect.stringMatching(new RegExp(`^index public\\.${index}: `));
    const page = expect.stringMatching(/invalid page/);
    expect(damage).toEqual([page, page, of('items_both'), of('items_name'), of('items_pkey')]);
  });

  test('a manifest that meets a broken page still has all other tables', async () => {
    const as = await damaged('items', 4000);
    const { tables } = await current().ports.contents.manifest(as, current().ports.clock.now());
    expect(tables.map(({ table, damage }) => [table, damage.length])).toEqual([
      ['public.items', 1],
      ['public.orders', 0],
    ]);
  });
});

test("a copy answers to its own password alone, and not to production's", async () => {
  await run(anew);
  const as = await copy();
  const login = loginOf(as);
  const { password } = await databaseAddress(current().folder);
  expect(password).not.toBe(login.password);
  await expect(query({ ...login, password }, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  expect(await query(login, 'SHOW archive_mode')).toEqual([{ archive_mode: 'off' }]);
});

test("a copy that refuses the login that was made for it is taken for production's", async () => {
  await run(anew);
  const as = await copy();
  const login = loginOf(as);
  await query(login, `ALTER ROLE "${login.user}" PASSWORD 'that of production'`);
  await expect(current().ports.contents.outline(as)).rejects.toEqual(failure('ProductionLogin'));
});
