import { open, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { DamageImpossible } from '../../../lib/contracts/failures.ts';
import { runSingle } from './single-user.ts';

const pageBytes = 8192;
/** In the middle of a page, where rows are. */
const flippedFrom = 4096;
const flippedBytes = 64;

const largestTable = `
  SELECT pg_relation_filepath(c.oid) AS path FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND (n.nspname, c.relname) <> ('evenkeel', 'sentinel')
  AND pg_relation_size(c.oid) > 0 ORDER BY pg_relation_size(c.oid) DESC, c.oid LIMIT 1`.replaceAll(/\s+/g, ' ');

/** Flips bits in the first page of the largest table of a stopped copy. Errors: `DamageImpossible` when all are empty. */
export const flipPage = async (dataDir: string, database: string): Promise<void> => {
  const path = /path = "([^"]+)"/.exec(await runSingle(dataDir, database, [largestTable]))?.[1];
  if (!path) throw new DamageImpossible(`${database}: no table has a page that could be flipped`, { database });
  await flipBytes(join(dataDir, path), Math.min(flippedFrom, pageBytes - flippedBytes));
};

export const flipBytes = async (path: string, position: number): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    const { buffer } = await file.read({ buffer: Buffer.alloc(flippedBytes), position });
    await file.write(
      buffer.map((byte) => byte ^ 0xff),
      0,
      flippedBytes,
      position,
    );
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Cuts the newest segment of a copy's own log in half. Errors: `DamageImpossible` when it has none. */
export const cutLastSegment = async (folder: string): Promise<void> => {
  const last = (await readdir(folder))
    .filter((name) => /^[0-9A-F]{24}$/.test(name))
    .sort()
    .at(-1);
  if (last === undefined) throw new DamageImpossible(`${folder}: there is no segment that could be cut`, { folder });
  const path = join(folder, last);
  await truncate(path, Math.floor((await stat(path)).size / 2));
};
