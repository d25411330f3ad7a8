import { constants } from 'node:fs';
import { chown, copyFile, cp, lstat, mkdir, opendir, readlink, statfs, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { StorageFull } from '../../../lib/contracts/failures.ts';
import type { Owner } from '../postgres/owner.ts';
import { fullIsNamed } from './full.ts';

const passable = 0o711;
const spareBytes = 64 * 1024 * 1024;

/** What a base backup leaves out: it belongs to the running server (PostgreSQL manual, 25.3.4). */
const leftOut =
  /^(postmaster\.(pid|opts)|server\.log|(pg_wal|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans|pg_replslot)\/.+|.*pg_internal\.init(\.\d+)?|.*pgsql_tmp.*)$/;

/** A folder below the state folder that PostgreSQL's user can pass through. */
export const makePlace = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: passable });
};

/** A file that goes away while it is copied was dropped by the server; the log knows of it. */
const goneIsFine = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};

/**
 * Copies a data folder that a server may be writing to, for its owner. Gives the bytes that were copied. What is torn by
 * that is mended by the log, which holds each page whole. Errors: `StorageFull`.
 */
export const copyData = async (from: string, to: string, owner: Owner): Promise<number> => {
  let bytes = 0;
  const copy = async (path: string): Promise<void> => {
    const place = relative(from, path);
    if (leftOut.test(place)) return;
    const target = join(to, place);
    const found = await lstat(path).catch(goneIsFine);
    if (!found) return;
    if (found.isDirectory()) {
      await mkdir(target, { recursive: true, mode: 0o700 });
      await give(target, owner);
      for await (const entry of await opendir(path)) await copy(join(path, entry.name));
    } else if (found.isSymbolicLink()) await symlink(await readlink(path), target);
    else if (found.isFile()) {
      await copyFile(path, target, constants.COPYFILE_FICLONE).catch(goneIsFine);
      await give(target, owner).catch(goneIsFine);
      bytes += found.size;
    }
  };
  await copy(from).catch(fullIsNamed);
  return bytes;
};

export const give = async (path: string, owner: Owner): Promise<void> => {
  if ('uid' in owner) await chown(path, owner.uid, owner.gid);
};

/** A folder that nobody writes to. Errors: `StorageFull`. */
export const copyFolder = (from: string, to: string): Promise<void> =>
  cp(from, to, { recursive: true, preserveTimestamps: true, mode: constants.COPYFILE_FICLONE }).catch(fullIsNamed);

/** Errors: `StorageFull` when so many bytes, and some to spare, would not fit. */
export const assertRoom = async (folder: string, bytes: number): Promise<void> => {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes + spareBytes) return;
  throw new StorageFull(`${folder}: needs ${bytes + spareBytes} bytes, and ${free} are free`, { folder, bytes, free });
};
