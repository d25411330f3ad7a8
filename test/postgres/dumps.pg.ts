import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { draftOf, makeExport } from '../../twin/live/exports/make-export.ts';
import { databaseAddress } from '../../twin/live/index.ts';
import { paths } from '../../twin/live/process/paths.ts';
import { describeExports } from '../contracts/exports.contract.ts';
import { failure } from '../contracts/good.ts';
import { copiesIn } from '../live/support/copies.ts';
import { sharedDatabase } from '../live/support/database.ts';
import { exportsWorld } from '../live/support/exports.ts';
import { root } from '../support/sources.ts';

/* The twin's dumps, by the real pg_dump and pg_restore. */

jest.setTimeout(120_000);

const current = sharedDatabase();
const { run } = copiesIn(current);
const bin = process.env.EVENKEEL_POSTGRES_BIN ?? '';
const exec = promisify(execFile);

describeExports('live, with the client programs', async () => exportsWorld(current()));

const dumped = async (backup: string) => {
  const { port, production, settle } = exportsWorld(current());
  await port.start({ kind: 'dump', backup, instance: production });
  await settle();
  return port.find('dump', backup);
};

const rows = 50_000;
const orders = `DROP TABLE IF EXISTS orders; CREATE TABLE orders AS
  SELECT n AS id, md5(n::text) AS note FROM generate_series(1, ${rows}) n`;
const fingerprint = "SELECT count(*)::int AS rows, md5(string_agg(id || note, ',' ORDER BY id)) AS sum FROM orders";

test('what is restored from a dump is what was there', async () => {
  await run(orders);
  expect(await dumped('items-whole')).toMatchObject({ status: 'complete' });
  const { folder } = current();
  const archive = join(folder, 'opened');
  const open = join(root, 'twin/live/exports/open.ts');
  const options = { encoding: 'buffer', maxBuffer: 100_000_000 } as const;
  const { stdout } = await exec(process.execPath, [open, '--state', folder, 'dump', 'items-whole'], options);
  await writeFile(archive, stdout);
  const { host, port, user, password } = await databaseAddress(folder);
  await run('DROP DATABASE IF EXISTS restored');
  await run('CREATE DATABASE restored');
  const to = ['--host', host, '--port', String(port), '--username', user, '--dbname', 'restored', '--exit-on-error'];
  await exec(join(bin, 'pg_restore'), [...to, archive], { env: { ...process.env, PGPASSWORD: password } });
  const before = await run(fingerprint);
  const psql = [...to.slice(0, 6), '--dbname', 'restored', '-At', '-F', ' ', '-c', fingerprint];
  const restored = await exec(join(bin, 'psql'), psql, { env: { ...process.env, PGPASSWORD: password } });
  expect(restored.stdout.trim()).toBe(Object.values(before[0] as object).join(' '));
  expect(before).toMatchObject([{ rows }]);
});

test('a dump lies compressed and encrypted, and the password is nowhere in it', async () => {
  await run(`${orders}; UPDATE orders SET note = 'the same words in every row, which compress well'`);
  const found = await dumped('items-small');
  if (found?.status !== 'complete') throw new Error(`expected a dump, got ${JSON.stringify(found)}`);
  expect(found.bytes).toBeLessThan(rows * 20);
  const { password } = await databaseAddress(current().folder);
  const content = await readFile(found.where, 'latin1');
  for (const word of ['PGDMP', 'orders', 'the same words', password]) expect(content).not.toContain(word);
});

describe('a dump that breaks off', () => {
  afterEach(() => run('DROP TABLE IF EXISTS a_whole; DROP TABLE IF EXISTS z_damaged').catch(() => undefined));

  test('has failed with the words of pg_dump, and leaves nothing in its place', async () => {
    for (const table of ['a_whole', 'z_damaged'])
      await run(`CREATE TABLE ${table} AS SELECT n AS id, md5(n::text) AS note FROM generate_series(1, ${rows}) n`);
    await run('CHECKPOINT');
    const [{ path }] = await run("SELECT pg_relation_filepath('z_damaged') AS path");
    await rm(join(paths.database(current().folder), path));
    const found = await dumped('items-broken');
    expect(found).toEqual({ status: 'failed', reason: expect.stringMatching(/pg_dump ended with 1: .*z_damaged/s) });
    const place = paths.exported(current().folder, 'dump', 'items-broken');
    expect(existsSync(place)).toBe(false);
    await exportsWorld(current()).port.remove('dump', 'items-broken');
    await current().settle();
    expect(existsSync(draftOf(place))).toBe(false);
  });
});

/** A folder with programs that are no PostgreSQL, for as long as the work takes. */
const withPrograms = async (programs: Record<string, string>, work: () => Promise<void>) => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-programs-'));
  for (const [name, script] of Object.entries(programs))
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  process.env.EVENKEEL_POSTGRES_BIN = folder;
  try {
    await work();
  } finally {
    process.env.EVENKEEL_POSTGRES_BIN = bin;
    await rm(folder, { recursive: true });
  }
};

test('a pg_dump that is older than the server is refused with both versions, before anything is begun', async () => {
  const old = { pg_dump: 'echo "pg_dump (PostgreSQL) 17.9"', pg_restore: 'true' };
  await withPrograms(old, async () => {
    const { port, production } = exportsWorld(current());
    const begun = port.start({ kind: 'dump', backup: 'items-old', instance: production });
    await expect(begun).rejects.toEqual(failure('ConfigInvalid'));
    await expect(begun).rejects.toThrow(/17\.9.* cannot dump a server 18/);
    expect(await port.find('dump', 'items-old')).toBeUndefined();
  });
});

test('what says of itself that it succeeded, and wrote no archive, is no dump', async () => {
  const empty = { pg_dump: 'exit 0', pg_restore: `exec ${join(bin, 'pg_restore')} "$@"` };
  await withPrograms(empty, async () => {
    await expect(makeExport(current().folder, 'dump', 'items-empty')).rejects.toEqual(failure('BackupFailed'));
    expect(existsSync(paths.exported(current().folder, 'dump', 'items-empty'))).toBe(false);
  });
});

test('an archive that is cut off inside of its data is no dump, though it was sealed whole', async () => {
  await run(orders);
  const half = {
    pg_dump: `${join(bin, 'pg_dump')} "$@" | head -c 500000`,
    pg_restore: `exec ${join(bin, 'pg_restore')} "$@"`,
  };
  await withPrograms(half, async () => {
    await expect(makeExport(current().folder, 'dump', 'items-half')).rejects.toEqual(failure('BackupFailed'));
  });
});

test('a pg_restore that has all it needs, and goes before it was told of the end, has read it nevertheless', async () => {
  await run(orders);
  const more = {
    pg_dump: `${join(bin, 'pg_dump')} "$@" && { [ "$1" = --version ] || head -c 4000000 /dev/urandom; }`,
    pg_restore: `exec ${join(bin, 'pg_restore')} "$@"`,
  };
  await withPrograms(more, async () => {
    const made = await makeExport(current().folder, 'dump', 'items-early');
    expect(made.bytes).toBeGreaterThan(4_000_000);
  });
});
