import { expect, jest, test } from '@jest/globals';
import { resumeWorks, stopWorks } from '../../twin/live/databases/resume.ts';
import { standby, wantStandby } from '../../twin/live/databases/standby.ts';
import { startDatabase, stopDatabase } from '../../twin/live/postgres/postgres.ts';
import { until } from '../../twin/live/process/until.ts';
import { failure } from '../contracts/good.ts';
import { copiesIn, production } from './support/copies.ts';
import { sharedDatabase } from './support/database.ts';

jest.setTimeout(90_000);

const current = sharedDatabase();
const { run } = copiesIn(current);
const soonMs = 45_000;

const find = () => current().ports.databases.find(standby);
const following = async () => {
  await wantStandby(current().folder);
  await resumeWorks(current().folder);
  await until('a copy that follows', soonMs, async () => (await find())?.status === 'available');
};
const has = async (table: string) => (await current().ports.contents.tables(standby)).includes(table);
const arrives = (table: string) => until(`${table} in the copy`, soonMs, () => has(table));

test('a world without a second region has no copy that follows', async () => {
  expect(await find()).toBeUndefined();
});

test('a copy follows, is not behind, and shows what was committed', async () => {
  await following();
  await run('CREATE TABLE followed (n integer)');
  await arrives('public.followed');
  const caughtUp = async () => (await find())?.follows?.lagSeconds === 0;
  await until('no lag', soonMs, caughtUp);
  expect(await find()).toMatchObject({ follows: { id: production, lagSeconds: 0 }, endpoint: expect.anything() });
  expect((await current().ports.databases.drills()).map(({ id }) => id)).not.toContain(standby);
});

test('it takes no writes, and nobody may remove it', async () => {
  await following();
  const { contents, databases, clock } = current().ports;
  await expect(contents.writeSentinel(standby, clock.now())).rejects.toEqual(failure('DependencyUnavailable'));
  await expect(databases.remove(standby)).rejects.toEqual(failure('NotOurs'));
});

test('a database that it follows no longer shows as lag, and is followed again when it is back', async () => {
  await following();
  const { folder } = current();
  await stopDatabase(folder);
  try {
    const behind = async () => ((await find())?.follows?.lagSeconds ?? 0) > 0;
    await until('lag', soonMs, behind);
  } finally {
    await startDatabase(folder);
  }
  await run('CREATE TABLE followed_again (n integer)');
  await arrives('public.followed_again');
});

test('it is ended with the world, and follows again after it', async () => {
  await following();
  await stopWorks(current().folder);
  await run('CREATE TABLE while_away (n integer)');
  await following();
  await arrives('public.while_away');
});
