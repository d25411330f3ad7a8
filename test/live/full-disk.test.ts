import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Backup } from '../../lib/contracts/backup.ts';
import type { DrillChoice } from '../../lib/contracts/drill.ts';
import { paths } from '../../twin/live/process/paths.ts';
import { copiesIn, production } from './support/copies.ts';
import { sharedDatabase } from './support/database.ts';
import { drillsIn, nothingLeft } from './support/drills.ts';
import { mayMount, withShortFiles, withSmallDisk } from './support/room.ts';

/* A disk that is really full in the midst of a restore: the kernel refuses, PostgreSQL and the file calls of the twin meet it. */

jest.setTimeout(120_000);

const current = sharedDatabase();
const { run, now } = copiesIn(current);
const { takeBackup, drilled } = drillsIn(current);
const mb = 1024 ** 2;
let backup: Backup;
let later: string;

beforeAll(async () => {
  const { contents, clock } = current().ports;
  await run('CREATE TABLE large AS SELECT n, md5(n::text) AS text FROM generate_series(1, 200000) n');
  await contents.writeSentinel(production, clock.now());
  backup = await takeBackup();
  await run('INSERT INTO large SELECT n, md5(n::text) FROM generate_series(1, 400000) n');
  later = await now();
}, 120_000);

const ofBackup = (): DrillChoice => ({ kind: 'backup', id: backup.id });
const ofMoment = (): DrillChoice => ({ kind: 'point-in-time', at: later });
const small = (spareBytes: number, choose: () => DrillChoice) => () =>
  withSmallDisk(paths.drills(current().folder), (backup.bytes as number) + spareBytes, () => drilled(choose()));

/** What the kernel refuses, and who meets it. */
const onSmallDisks: [string, () => ReturnType<typeof drilled>, RegExp][] = [
  ['the data does not fit', small(-20 * mb, ofBackup), /run: StorageFull: .*no space is left.*ENOSPC.*copyfile/],
  ['the data fits, and its log does not', small(mb, ofBackup), /run: StorageFull: .*no space is left/],
  ['PostgreSQL writes again what came later', small(8 * mb, ofMoment), /run: StorageFull: .*no space is left.*FATAL/],
];
const everywhere: typeof onSmallDisks = [
  ['no file may become so long', () => withShortFiles(4 * mb, () => drilled(ofBackup())), /run: StorageFull: .*EFBIG/],
];
const cases = (await mayMount()) ? [...onSmallDisks, ...everywhere] : everywhere;
const proof = async () => (await current().ports.backups.find(backup.id))?.proof;

describe('a drill whose restore runs out of room is red, and leaves nothing', () => {
  test.each(cases)('%s', async (_, drill, reason) => {
    expect(await drill()).toMatchObject({
      status: 'FAILED',
      error: 'DrillFailed',
      outcome: { verdict: 'error', absent: true, reason: expect.stringMatching(reason) },
      left: nothingLeft,
    });
    // Nobody looked at it, so nothing is held against it.
    expect(await proof()).toBe('unproven');
  });

  test('and where there is room, the same backup is proven', async () => {
    expect(await drilled(ofBackup())).toMatchObject({ status: 'SUCCEEDED', left: nothingLeft });
    expect(await proof()).toBe('proven');
  });
});
