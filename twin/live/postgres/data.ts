import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, chown, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readRecord, writeDurably } from '../process/durable-file.ts';
import { freePort } from '../process/free-port.ts';
import { loopback } from '../process/http.ts';
import { paths } from '../process/paths.ts';
import { DatabaseAddress } from './address.ts';
import { ownerOf } from './owner.ts';
import { settingsOf } from './settings.ts';

const program = fileURLToPath(new URL('./create-data.ts', import.meta.url));

/** The address of the world's database on a port that is free now: the one it had before, if it can. */
export const chooseAddress = async (stateDir: string): Promise<DatabaseAddress> => {
  const known = await readRecord(paths.databaseAddress(stateDir), DatabaseAddress);
  const address = { ...(known ?? newAddress()), port: await freePort(known?.port) };
  await writeDurably(paths.databaseAddress(stateDir), address);
  return address;
};

const newAddress = () => ({
  host: loopback,
  user: 'evenkeel',
  password: randomBytes(24).toString('base64url'),
  database: 'evenkeel',
});

/** Creates the data folder beside its place and moves it there when it is whole, so that half a folder is never started. */
export const createData = async (stateDir: string): Promise<void> => {
  const dataDir = paths.database(stateDir);
  if (existsSync(dataDir)) return;
  const draft = `${dataDir}.draft`;
  await rm(draft, { recursive: true, force: true });
  await promisify(execFile)(process.execPath, [program, stateDir, draft]);
  await appendFile(join(draft, 'postgresql.conf'), settingsOf(stateDir));
  await mkdir(paths.walArchive(stateDir), { recursive: true, mode: 0o700 });
  await giveTo(draft, [dirname(dataDir), paths.walArchive(stateDir)]);
  await rename(draft, dataDir);
};

const giveTo = async (ownedByPostgres: string, folders: readonly string[]): Promise<void> => {
  const { uid, gid } = await ownerOf(ownedByPostgres);
  if (uid === undefined || gid === undefined) return;
  await Promise.all(folders.map((folder) => chown(folder, uid, gid)));
};
