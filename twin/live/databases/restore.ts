import { randomBytes } from 'node:crypto';
import { copyFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PointNotRestorable } from '../../../lib/contracts/failures.ts';
import type { DatabaseAddress } from '../postgres/address.ts';
import { databaseAddress } from '../postgres/content.ts';
import { type Owner, ownerOf } from '../postgres/owner.ts';
import { freePort } from '../process/free-port.ts';
import { loopback } from '../process/http.ts';
import { paths } from '../process/paths.ts';
import { type Base, baseFor } from './base.ts';
import { cutLastSegment, flipPage } from './damage-files.ts';
import { copyData, copyFolder, give, makePlace } from './files.ts';
import { admit, refuseAll, restoredSettings } from './restored-settings.ts';
import { segmentOf } from './segments.ts';
import { endServers, startServer, stopServer } from './server.ts';
import { runSingle } from './single-user.ts';
import type { Work, Works } from './works.ts';

type Drill = Work<'drill'>;

/**
 * A copy of its own: folder, port, and password. Recovery is done by PostgreSQL itself, while nobody can log in; then the
 * password is changed without a network, and only then one user is let in. Errors: `RestoreFailed`, `StorageFull`,
 * `SnapshotNotFound`, `PointNotRestorable`, `DamageImpossible`.
 */
export const restoreCopy = async (stateDir: string, works: Works, { id, body }: Drill) => {
  const folder = paths.drill(stateDir, id);
  const dataDir = join(folder, 'data');
  await endServers(folder);
  await rm(folder, { recursive: true, force: true });
  await makePlace(folder);
  const base = baseFor(stateDir, works, body);
  const owner = await ownerOf(join(base.folder, 'data'));
  const bytes = await copyData(join(base.folder, 'data'), dataDir, owner);
  await prepareRecovery(stateDir, base, folder, body, owner);
  const login = await newLogin(stateDir);
  await startServer(dataDir, login.port);
  await stopServer(dataDir);
  await runSingle(dataDir, login.database, [`ALTER ROLE ${quoted(login.user)} PASSWORD '${login.password}'`]);
  if (body.damage === 'flipped-page') await flipPage(dataDir, login.database);
  await writeFile(join(dataDir, 'pg_hba.conf'), admit(login.user));
  await startServer(dataDir, login.port);
  return { login, bytes, engineVersion: base.engineVersion };
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const newLogin = async (stateDir: string): Promise<DatabaseAddress> => {
  const { user, database } = await databaseAddress(stateDir);
  return { host: loopback, port: await freePort(), user, database, password: randomBytes(24).toString('base64url') };
};

const prepareRecovery = async (
  stateDir: string,
  base: Base,
  folder: string,
  body: Drill['body'],
  owner: Owner,
): Promise<void> => {
  const own = join(folder, 'wal');
  await copyFolder(join(base.folder, 'wal'), own);
  const at = body.source.kind === 'point-in-time' && body.damage !== 'stale' ? body.source.at : undefined;
  if (body.damage === 'truncated-wal') {
    if (at) await takeSegment(stateDir, at, own);
    await cutLastSegment(own);
  }
  await giveAll(own, owner);
  const sources = { own, ...(at && { archive: paths.walArchive(stateDir) }) };
  await writeFor(owner, join(folder, 'data', 'postgresql.auto.conf'), restoredSettings(sources, at));
  await writeFor(owner, join(folder, 'data', 'pg_hba.conf'), refuseAll);
  await writeFor(owner, join(folder, 'data', 'recovery.signal'), '');
};

/** The copy's own part of the log then holds what was committed at the moment, and what is cut is needed. */
const takeSegment = async (stateDir: string, at: string, own: string): Promise<void> => {
  const segment = await segmentOf(stateDir, at);
  if (!segment) throw new PointNotRestorable(`${at}: no segment of the archive holds it`, { at });
  await copyFile(join(paths.walArchive(stateDir), segment), join(own, segment));
};

const giveAll = async (folder: string, owner: Owner): Promise<void> => {
  for (const name of [...(await readdir(folder)), '.']) await give(join(folder, name), owner);
};

const writeFor = async (owner: Owner, path: string, text: string): Promise<void> => {
  await writeFile(path, text, { mode: 0o600 });
  await give(path, owner);
};
