import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');

/** Built programs and fetched definitions; outside of git, kept between runs. */
export const cacheFolder = process.env.EVENKEEL_CACHE ?? join(root, '.cache');

/** The path of an entry of the cache; `make` fills the path it is given when there is none yet. Never half an entry. */
export const cached = async (name: string, make: (path: string) => Promise<void>): Promise<string> => {
  const path = join(cacheFolder, name);
  if (existsSync(path)) return path;
  mkdirSync(cacheFolder, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  try {
    await make(unfinished);
    renameSync(unfinished, path);
    return path;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
};
