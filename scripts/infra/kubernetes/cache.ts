import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');

/** Built programs and fetched definitions; outside of git, kept between runs. */
export const cacheFolder = process.env.EVENKEEL_CACHE ?? join(root, '.cache');

type Make = (path: string, scratch: string) => Promise<void>;
const made = new Map<string, Promise<string>>();

/**
 * The path of an entry of the cache; when there is none yet, `make` writes it to the path it is given, and may leave what
 * it likes in the folder beside it. Never half an entry, and never made twice at once: whoever comes second waits for the first.
 */
export const cached = (name: string, make: Make): Promise<string> => {
  const found = made.get(name) ?? entryOf(name, make);
  made.set(name, found);
  return found;
};

const entryOf = async (name: string, make: Make): Promise<string> => {
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
