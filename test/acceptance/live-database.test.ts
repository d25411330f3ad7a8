import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { parse, stringify } from 'yaml';
import { twinPlane } from '../../cli/control-plane/twin.ts';
import { backupIdOf } from '../../lib/contracts/backup.ts';
import { type Drill, drillIdOf } from '../../lib/contracts/drill.ts';
import { databaseAddress, type LiveAccess, openLivePorts, pushSamples, stopWorld } from '../../twin/live/index.ts';
import { until } from '../../twin/live/process/until.ts';
import { launchTwin, stopServer } from '../../twin/server/index.ts';
import { newFolder } from '../live/support/folder.ts';

/*
 * What the schedules ask for, of a database that users never stop writing to: a backup, a drill of what would be restored now, and
 * then a release whose policy stops at backups and drills that nobody can vouch for.
 */

const [service, database] = ['shop', 'items'];
const withinMs = 120_000;
const churning = [{ table: 'public.carts', leastRows: 1 }];
const stop = { whenInconclusive: 'stop' };
let stateDir: string;
let access: LiveAccess;
let users: Promise<void>;
let areGone = false;

/** Orders come in, the stock changes in place, and carts are filled and emptied; a pause of 20 ms in between. */
const round = `
  INSERT INTO orders (what) SELECT 'order ' || generate_series(1, 3);
  UPDATE stock SET pieces = pieces - 1 WHERE id = 1 + floor(random() * 100);
  DELETE FROM carts WHERE id IN (SELECT id FROM carts ORDER BY random() LIMIT floor(random() * (SELECT count(*) FROM carts)));
  INSERT INTO carts (items) SELECT 1 FROM generate_series(1, 1 + floor(random() * 20)::integer);
  SELECT pg_sleep(0.02)`;

const write = async (client: pg.Client): Promise<void> => {
  while (!areGone) await client.query(round);
  await client.end();
};

const letUsersIn = async (): Promise<void> => {
  // The schema of sentinels has the user's name: once it is there, tables without a schema would be made in it.
  const client = new pg.Client({ ...(await databaseAddress(stateDir)), options: '-c search_path=public' });
  await client.connect();
  await client.query(`
    CREATE TABLE orders (id serial PRIMARY KEY, what text);
    CREATE TABLE stock AS SELECT generate_series(1, 100) AS id, 1000000 AS pieces;
    CREATE TABLE carts (id serial PRIMARY KEY, items integer);
    INSERT INTO carts (items) SELECT 1 FROM generate_series(1, 10)`);
  users = write(client);
};

beforeAll(async () => {
  stateDir = await newFolder();
  const catalog = parse(await readFile(join(import.meta.dirname, 'catalog.yml'), 'utf8'));
  Object.assign(catalog.policies.shortest.gates, { backupFresh: stop, restoreDrillFresh: stop });
  Object.assign(catalog.databases[0], { churning });
  const catalogFile = join(stateDir, 'live-database.yml');
  await writeFile(catalogFile, stringify(catalog));
  await launchTwin(stateDir, { catalogFile });
  access = openLivePorts(stateDir);
  await letUsersIn();
  await access.ports.contents.writeSentinel('twin', access.ports.clock.now());
}, withinMs);

afterAll(async () => {
  areGone = true;
  await users;
  await stopServer(stateDir);
  access?.close();
  await stopWorld(stateDir);
  await rm(stateDir, { recursive: true, force: true });
}, 60_000);

const send = async (type: 'BackupRequested' | 'DrillRequested' | 'DeployRequested', detail: object): Promise<void> =>
  (await twinPlane(stateDir)).events.send(type as 'BackupRequested', detail as never);

/** What the gates said of the release that was asked for now. */
const gates = async () => {
  const { 'good-2': digest } = await pushSamples(stateDir, service);
  const requestId = randomUUID().slice(0, 8);
  await send('DeployRequested', { service, digest, requestedBy: 'alice', requestId });
  return until('the gates', withinMs, async () => {
    const facts = await access.ports.ledger.read(service, 0, 1000);
    return facts.find(({ kind, key }) => kind === 'gates' && key.includes(requestId));
  });
};

test(
  'before anything was backed up, a release is stopped',
  async () => {
    const { says } = await gates();
    expect(says).toMatch(/did not pass: .*backupFresh inconclusive .*restoreDrillFresh inconclusive/);
  },
  withinMs,
);

test(
  'a backup and a drill of the newest moment are healthy while users write',
  async () => {
    const wish = { database, requestedBy: 'evenkeel', requestId: 'nightly' };
    await send('BackupRequested', wish);
    const backup = await until('a complete backup', withinMs, async () => {
      const found = await access.ports.backups.find(backupIdOf(database, wish.requestId));
      return found?.status === 'complete' && found.endedAt !== undefined && found;
    });
    await send('DrillRequested', { ...wish, requestId: 'monthly', choose: { kind: 'newest' } });
    const { plan, outcome } = await until<Drill>('the end of the drill', withinMs, async () => {
      const found = await access.ports.drills.find(drillIdOf(database, 'monthly'));
      return found?.outcome && found;
    });
    expect(plan).toMatchObject({ before: backup.id, source: { kind: 'point-in-time' } });
    expect(plan.after).toBeUndefined();
    expect(outcome).toMatchObject({ verdict: 'healthy', absent: true });
    expect(outcome?.checks.find(({ name }) => name === 'rows')?.reason).toMatch(
      /^\d tables compared; public\.carts rises and falls: \d+ rows, at least 1$/,
    );
    const orders = async (of: typeof backup) =>
      (await access.ports.backups.find(of.id))?.after?.tables.find(({ table }) => table === 'public.orders')?.rows ?? 0;
    const production = await access.ports.drills.production(plan.drill);
    const now = production?.tables.find(({ table }) => table === 'public.orders')?.rows ?? 0;
    // Otherwise nothing was shown: they did write between the two.
    expect(now).toBeGreaterThan(await orders(backup));
  },
  3 * withinMs,
);

test(
  'and then a release passes the gates',
  async () => {
    const { data, says } = await gates();
    expect({ says, passed: data.passed }).toEqual({
      says: expect.stringMatching(/^Gates passed: .*backupFresh healthy .*restoreDrillFresh healthy/),
      passed: true,
    });
  },
  withinMs,
);
