import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');

/** Built programs and fetched definitions; outside of git, kept between runs. */
export const cacheFolder = process.env.EVENKEEL_CACHE ?? join(root, '.cache');

/**
 * The path of an entry of the cache; when there is none yet, `make` writes it to the path it is given, and may leave what
 * it likes in the folder beside it. Never half an entry.
 */
export const cached = async (name: string, make: (path: string, scratch: string) => Promise<void>): Promise<string> => {
  const path = join(cacheFolder, name);
  if (existsSync(path)) return path;
  mkdirSync(cacheFolder, { recursive: true });
  const scratch = mkdtempSync(join(cacheFolder, 'unfinished-'));
  try {
    await make(join(scratch, name), scratch);
    renameSync(join(scratch, name), path);
    return path;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};
