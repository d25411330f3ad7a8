import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { InstanceId } from '../../lib/contracts/database.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { assertEngine } from '../../twin/live/databases/engine.ts';
import { assertRoom } from '../../twin/live/databases/files.ts';
import { resumeWorks, stopWorks } from '../../twin/live/databases/resume.ts';
import { serverPid } from '../../twin/live/databases/server.ts';
import { workMark } from '../../twin/live/databases/workers.ts';
import { startDatabase, stopDatabase } from '../../twin/live/postgres/postgres.ts';
import { processesWith, signalProcess } from '../../twin/live/process/identity.ts';
import { paths } from '../../twin/live/process/paths.ts';
import { until } from '../../twin/live/process/until.ts';
import { failure } from '../contracts/good.ts';
import { copiesIn, production, query } from './support/copies.ts';
import { sharedDatabase } from './support/database.ts';

jest.setTimeout(90_000);

const current = sharedDatabase();
const { run, take, begin, copy, loginOf, removeAll, now } = copiesIn(current);
afterEach(removeAll);

const soonMs = 30_000;
const dataOf = (as: InstanceId) => join(paths.drill(current().folder, as), 'data');
const find = (as: InstanceId) => current().ports.databases.find(as);
const processesOf = (as: InstanceId) => [
  ...processesWith(`-D ${paths.drill(current().folder, as)}/`),
  ...processesWith(workMark(current().folder, 'drill', as)),
];

/** What recorded that the work is over may need a moment to end itself. */
const idle = (as: InstanceId) => until(`end of all processes of ${as}`, soonMs, () => processesOf(as).length === 0);

/** Nothing of it is left: no process, no folder, no record. */
const expectGone = async (as: InstanceId) => {
  await idle(as);
  expect(existsSync(paths.drill(current().folder, as))).toBe(false);
  expect(await find(as)).toBeUndefined();
};

const killWorker = async (as: InstanceId) => {
  const mark = workMark(current().folder, 'drill', as);
  await until('its folder', soonMs, () => existsSync(dataOf(as)));
  for (const pid of processesWith(mark)) signalProcess(pid, mark, 'SIGKILL');
  await until('its end', soonMs, () => processesWith(mark).length === 0);
};

describe('a point in time', () => {
  test('has what was committed before it, and nothing that came later', async () => {
    await run('CREATE TABLE IF NOT EXISTS moments (name text)');
    await take();
    await run(`INSERT INTO moments VALUES ('before')`);
    const at = await now();
    await run(`SELECT pg_sleep(0.01); INSERT INTO moments VALUES ('after')`);
    const as = await copy({ kind: 'point-in-time', of: production, at });
    expect(await query(loginOf(as), 'SELECT name FROM moments')).toEqual([{ name: 'before' }]);
  });

  test('is restored also when the database is gone, up to the last commit that is archived', async () => {
    const { folder, ports } = current();
    await take();
    const alive = (await ports.databases.find(production))?.restorable;
    await stopDatabase(folder);
    try {
      const dead = await ports.databases.find(production);
      expect(dead).toMatchObject({ status: 'failed', restorable: alive });
      const as = await copy({ kind: 'point-in-time', of: production, at: alive?.to ?? '' });
      expect(await find(as)).toMatchObject({ status: 'available' });
    } finally {
      await startDatabase(folder);
    }
  });
});

describe('damage to a restore', () => {
  test.each(['snapshot', 'point-in-time'] as const)('a log cut short ends the restore of a %s', async (kind) => {
    const snapshot = await take();
    const at = (await current().ports.databases.find(production))?.restorable?.to ?? '';
    const source = kind === 'snapshot' ? snapshot : ({ kind, of: production, at } as const);
    const as = await copy(source, 'truncated-wal');
    expect(await find(as)).toMatchObject({ status: 'failed', statusReason: expect.stringMatching(/FATAL/) });
    await idle(as);
  });

  test('a flipped page is met by whoever reads the table, and not by the snapshot', async () => {
    await run('DROP TABLE IF EXISTS moments; CREATE TABLE IF NOT EXISTS large AS SELECT generate_series(1, 5000) AS n');
    const source = await take();
    const { contents } = current().ports;
    const damaged = await copy(source, 'flipped-page');
    expect((await contents.table(damaged, 'public.large')).damage.join()).toMatch(/invalid page/);
    const whole = await copy(source);
    expect(await contents.table(whole, 'public.large')).toMatchObject({ rows: 5000, damage: [] });
  });

  test('a stale one ends with the oldest snapshot', async () => {
    await run(`CREATE TABLE IF NOT EXISTS later (n integer)`);
    const at = (await current().ports.databases.find(production))?.restorable?.to ?? '';
    const as = await copy({ kind: 'point-in-time', of: production, at }, 'stale');
    expect(await current().ports.contents.tables(as)).not.toContain('public.later');
  });
});

describe('a restore whose process is killed', () => {
  test('is begun anew by whoever asks for it next, and is whole', async () => {
    const source = await take();
    const as = await begin(source);
    await killWorker(as);
    await current().settle();
    expect(await find(as)).toMatchObject({ status: 'available' });
  });

  test('and then removed leaves nothing', async () => {
    const as = await begin(await take());
    await killWorker(as);
    await current().ports.databases.remove(as);
    await until('its absence', soonMs, async () => !(await find(as)));
    await expectGone(as);
  });

  test('in the midst of its removal is removed by whoever looks next', async () => {
    const as = await copy();
    await current().ports.databases.remove(as);
    const mark = workMark(current().folder, 'drill', as);
    for (const pid of processesWith(mark)) signalProcess(pid, mark, 'SIGKILL');
    await until('its absence', soonMs, async () => !(await find(as)));
    await expectGone(as);
  });
});

test('a copy that is removed while it is made is gone, and never comes', async () => {
  const as = await begin(await take());
  await current().ports.databases.remove(as);
  await until('its absence', soonMs, async () => !(await find(as)));
  await expectGone(as);
});

test('a server of a copy that was killed runs again for whoever asks for it', async () => {
  const as = await copy();
  const pid = (await serverPid(dataOf(as))) ?? 0;
  signalProcess(pid, dataOf(as), 'SIGKILL');
  await until('its end', soonMs, async () => (await serverPid(dataOf(as))) === undefined);
  expect(await find(as)).toMatchObject({ status: 'changing' });
  await until('its start', soonMs, async () => (await find(as))?.status === 'available');
  expect(await query(loginOf(as), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a world that stops ends the servers of copies, and starts again those that nobody removed', async () => {
  const { folder, ports } = current();
  const [kept, removed] = [await copy(), await copy()];
  await stopWorks(folder);
  expect([...processesOf(kept), ...processesOf(removed)]).toEqual([]);
  await ports.databases.remove(removed);
  await until('its absence', soonMs, async () => !(await find(removed)));
  await resumeWorks(folder);
  await until('its start', soonMs, async () => (await find(kept))?.status === 'available');
  await expectGone(removed);
});

test('the log that no snapshot needs any more goes with the last that needed it', async () => {
  const { folder, ports, works, settle } = current();
  await take();
  const { snapshot } = await take();
  const others = works.all('snapshot').filter(({ id }) => id !== snapshot);
  for (const { id } of others) await ports.databases.removeSnapshot(id);
  await settle();
  const [first] = (await readdir(paths.walArchive(folder))).filter((name) => /^[0-9A-F]{24}$/.test(name)).sort();
  const span = (await ports.databases.find(production))?.restorable;
  expect(works.find('snapshot', snapshot)).toMatchObject({ result: { made: { firstSegment: first } } });
  const early = { kind: 'point-in-time', of: production, at: plusSeconds(span?.from ?? '', -1) } as const;
  await expect(begin(early)).rejects.toEqual(failure('PointNotRestorable'));
});

test('a copy that would not fit is refused before anything is made', async () => {
  await expect(assertRoom(current().folder, Number.MAX_SAFE_INTEGER)).rejects.toEqual(failure('StorageFull'));
  await expect(assertRoom(current().folder, 1)).resolves.toBeUndefined();
});

test('a copy of another major version is refused', async () => {
  await expect(assertEngine('9.6')).rejects.toEqual(failure('EngineIncompatible'));
  await expect(assertEngine('18.0')).resolves.toBeUndefined();
});
