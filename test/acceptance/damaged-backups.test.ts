import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { twinPlane } from '../../cli/control-plane/twin.ts';
import { leftOfDrills } from '../../cli/twin/left-of-drills.ts';
import { type Backup, backupIdOf } from '../../lib/contracts/backup.ts';
import { type DrillChoice, type DrillOutcome, drillIdOf } from '../../lib/contracts/drill.ts';
import { flipBytes } from '../../twin/live/databases/damage-files.ts';
import { databaseAddress, type LiveAccess, openLivePorts, stopWorld } from '../../twin/live/index.ts';
import { paths } from '../../twin/live/process/paths.ts';
import { until } from '../../twin/live/process/until.ts';
import { launchTwin, stopServer } from '../../twin/server/index.ts';
import { query } from '../live/support/copies.ts';
import { newFolder } from '../live/support/folder.ts';

/* A backup that says of itself that it is complete, and is not: real files of a real PostgreSQL are damaged, and drilled. */

const database = 'items';
const startsWithinMs = 90_000;
const endsWithinMs = 90_000;
let stateDir: string;
let access: LiveAccess;
let backup: Backup;

const sql = async (text: string) => query(await databaseAddress(stateDir), text);
const wish = () => ({ database, requestedBy: 'alice', requestId: randomUUID().slice(0, 8) });

const takeBackup = async (): Promise<Backup> => {
  const asked = wish();
  await (await twinPlane(stateDir)).events.send('BackupRequested', asked);
  return until('a complete backup', endsWithinMs, async () => {
    const found = await access.ports.backups.find(backupIdOf(database, asked.requestId));
    return found?.status === 'complete' && found.endedAt !== undefined && found;
  });
};

const drill = async (choose: DrillChoice): Promise<DrillOutcome> => {
  const asked = { ...wish(), choose };
  await (await twinPlane(stateDir)).events.send('DrillRequested', asked);
  return until('the end of the drill', endsWithinMs, async () => {
    const { outcome } = (await access.ports.drills.find(drillIdOf(database, asked.requestId))) ?? {};
    return outcome;
  });
};

const snapshotFolder = () => paths.snapshot(stateDir, backup.snapshot);
const fileOfItems = async () => {
  const [{ path }] = await sql(`SELECT pg_relation_filepath('items') AS path`);
  return join(snapshotFolder(), 'data', path);
};
const wrong = ({ checks }: DrillOutcome) =>
  checks.filter(({ verdict }) => verdict === 'unhealthy').map(({ name }) => name);

beforeAll(async () => {
  stateDir = await newFolder();
  await launchTwin(stateDir, { catalogFile: join(import.meta.dirname, 'catalog.yml') });
  access = openLivePorts(stateDir);
  await access.ports.contents.writeSentinel('twin', access.ports.clock.now());
  backup = await takeBackup();
}, startsWithinMs + endsWithinMs);

/** The next one is damaged in another way, and nothing may be left of the drill before it. */
afterEach(async () => {
  expect(await leftOfDrills(stateDir)).toEqual({ processes: [], folders: [] });
}, endsWithinMs);

afterAll(async () => {
  await stopServer(stateDir);
  access?.close();
  await stopWorld(stateDir);
  await rm(stateDir, { recursive: true, force: true });
}, 30_000);

/** Damages one file of the backup, drills it, and puts the file back as it was. */
const refused = async (path: string, damage: () => Promise<void>): Promise<DrillOutcome> => {
  const whole = await readFile(path);
  await damage();
  const outcome = await drill({ kind: 'backup', id: backup.id });
  await writeFile(path, whole);
  expect(outcome.absent).toBe(true);
  expect((await access.ports.backups.find(backup.id))?.proof).toBe('disproven');
  return outcome;
};

test(
  'the first segment of its log is missing',
  async () => {
    const [first = ''] = (await readdir(join(snapshotFolder(), 'wal'))).sort();
    const segment = join(snapshotFolder(), 'wal', first);
    const outcome = await refused(segment, () => rm(segment));
    expect(outcome).toMatchObject({ verdict: 'unhealthy', reason: expect.stringContaining('RestoreFailed') });
  },
  endsWithinMs,
);

test(
  'a table came back empty',
  async () => {
    const file = await fileOfItems();
    const outcome = await refused(file, () => truncate(file));
    expect(outcome.verdict).toBe('unhealthy');
    expect(wrong(outcome)).toEqual(expect.arrayContaining(['rows', 'checksums']));
  },
  endsWithinMs,
);

test(
  'a page does not fit its checksum',
  async () => {
    const file = await fileOfItems();
    const outcome = await refused(file, () => flipBytes(file, 4096));
    expect(outcome.verdict).toBe('unhealthy');
    expect(wrong(outcome)).toContain('damage');
  },
  endsWithinMs,
);

test(
  'a table belongs to somebody else',
  async () => {
    await sql('CREATE ROLE stranger NOLOGIN');
    await sql('ALTER TABLE items OWNER TO stranger');
    const [{ now }] = await sql('SELECT clock_timestamp() AS now');
    await sql('ALTER TABLE items OWNER TO CURRENT_USER');
    await takeBackup();
    const outcome = await drill({ kind: 'point-in-time', at: now.toISOString() });
    expect(outcome.verdict).toBe('unhealthy');
    expect(wrong(outcome)).toEqual(['owners']);
  },
  2 * endsWithinMs,
);

test(
  'and one that is whole is proven, so that red means something',
  async () => {
    const whole = await takeBackup();
    expect(await drill({ kind: 'backup', id: whole.id })).toMatchObject({ verdict: 'healthy', absent: true });
    expect((await access.ports.backups.find(whole.id))?.proof).toBe('proven');
  },
  2 * endsWithinMs,
);
