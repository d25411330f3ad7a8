import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import type { Backup } from '../../lib/contracts/backup.ts';
import type { DrillChoice } from '../../lib/contracts/drill.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { databaseAddress } from '../../twin/live/index.ts';
import { paths } from '../../twin/live/process/paths.ts';
import { until } from '../../twin/live/process/until.ts';
import { failure } from '../contracts/good.ts';
import { copiesIn, production } from './support/copies.ts';
import { sharedDatabase } from './support/database.ts';
import { drillsIn, nothingLeft } from './support/drills.ts';

/* What a drill cannot be done with, one test for each: named, red, and nothing is left of it. The first tests need an empty world. */

jest.setTimeout(120_000);

const current = sharedDatabase();
const { run, now } = copiesIn(current);
const { takeBackup, drilled } = drillsIn(current);
const day = 86_400;
const soonMs = 60_000;

const sentinel = async (at?: string) => {
  const { contents, clock } = current().ports;
  await contents.writeSentinel(production, at ?? clock.now());
};

/** It had no plan, so there is nothing to seal; its end is on record and told all the same. */
const refused = (name: string) => ({
  status: 'FAILED',
  error: 'DrillFailed',
  told: expect.stringMatching(new RegExp(`was refused: ${name}: `)),
  outcome: undefined,
  left: nothingLeft,
});

const red = (verdict: 'error' | 'unhealthy', reason: RegExp) => ({
  status: 'FAILED',
  error: 'DrillFailed',
  outcome: { verdict, absent: true, reason: expect.stringMatching(reason) },
  left: nothingLeft,
});

const whole = async (): Promise<Backup> => {
  await sentinel();
  return takeBackup();
};
const of = ({ id }: Backup): DrillChoice => ({ kind: 'backup', id });

describe('nothing to restore', () => {
  test('there is no backup in the window', async () => {
    expect(await drilled({ kind: 'random', withinDays: 7 })).toMatchObject(refused('NothingToRestore'));
  });

  test.each([
    ['before', -day],
    ['after', day],
  ])('the moment lies %s what the log holds', async (_, seconds) => {
    await sentinel();
    await takeBackup();
    const at = plusSeconds(await now(), seconds);
    expect(await drilled({ kind: 'point-in-time', at })).toMatchObject(refused('PointNotRestorable'));
  });
});

describe('a chain that is not whole', () => {
  test('a segment of the log is missing', async () => {
    const { folder } = current();
    await whole();
    await run('SELECT pg_switch_wal()');
    await run('CREATE TABLE IF NOT EXISTS gap AS SELECT generate_series(1, 50000) AS n');
    const at = await now();
    await current().ports.databases.find(production);
    const archive = paths.walArchive(folder);
    const last = (await readdir(archive)).filter((name) => /^[0-9A-F]{24}$/.test(name)).sort();
    const missing = join(archive, last.at(-3) ?? '');
    await rename(missing, `${missing}.away`);
    const end = await drilled({ kind: 'point-in-time', at });
    await rename(`${missing}.away`, missing);
    expect(end).toMatchObject(red('unhealthy', /run: RestoreFailed: .*FATAL/));
  });

  test('a sentinel is missing', async () => {
    await sentinel();
    await sentinel(plusSeconds(await now(), 60));
    await run('DELETE FROM evenkeel.sentinel WHERE sequence = (SELECT max(sequence) - 1 FROM evenkeel.sentinel)');
    expect(await drilled(of(await takeBackup()))).toMatchObject(red('unhealthy', /sentinels: .*is missing/));
    await run('DELETE FROM evenkeel.sentinel');
  });
});

test('a clock went wrong: the copy holds a sentinel of the future, and no other is written after it', async () => {
  await sentinel(plusSeconds(await now(), 3600));
  await expect(sentinel()).rejects.toEqual(failure('ClockSkewed'));
  expect(await drilled(of(await takeBackup()))).toMatchObject(red('error', /sentinels: ClockSkewed: /));
  await run('DELETE FROM evenkeel.sentinel');
});

test('the manifest is of another database', async () => {
  const backup = await whole();
  const { backups } = current().ports;
  const manifest = (await backups.find(backup.id))?.after;
  if (!manifest) throw new Error('expected a manifest');
  const outline = { ...manifest.outline, systemIdentifier: '7000000000000000001' };
  await backups.change(backup.id, { after: { ...manifest, outline } });
  expect(await drilled(of(backup))).toMatchObject(red('unhealthy', /identity: .*but the manifest is of/));
  expect((await backups.find(backup.id))?.proof).toBe('disproven');
});

test('the copy refuses the login that was made for it', async () => {
  const { user } = await databaseAddress(current().folder);
  const [{ until: end }] = await run(`SELECT to_char(now() + interval '30 s', 'YYYY-MM-DD HH24:MI:SS TZ') AS until`);
  await run(`ALTER ROLE "${user}" VALID UNTIL '${end}'`);
  const backup = await whole();
  await run(`ALTER ROLE "${user}" VALID UNTIL 'infinity'`);
  await until('the end of its password', soonMs, async () => (await run(`SELECT now() > '${end}' AS over`))[0].over);
  expect(await drilled(of(backup))).toMatchObject(red('unhealthy', /run: ProductionLogin: /));
});
