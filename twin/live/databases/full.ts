import { statfs } from 'node:fs/promises';
import { RestoreFailed, StorageFull } from '../../../lib/contracts/failures.ts';

/** As the C library words it, for every program: PostgreSQL, and the `cp` that brings it its log. */
const said = /No space left on device|Disk quota exceeded|File too large/;
/** Two segments of the log: with less no server begins, and what it could say of that was not written either. */
const leastBytes = 2 * 1024 * 1024;

const codes: readonly (string | undefined)[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** For errors of file calls of our own. Errors: `StorageFull`, or the one that came. */
export const fullIsNamed = (cause: NodeJS.ErrnoException): never => {
  if (!codes.includes(cause.code)) throw cause;
  throw new StorageFull(`no space is left: ${cause.message}`, { code: cause.code }, { cause });
};

/** Why a program that worked on a data folder ended: for want of room, or not. `text`: all that it said. */
export const whyEnded = async (dataDir: string, text: string, told: string): Promise<RestoreFailed | StorageFull> => {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  if (said.test(text) || free < leastBytes)
    return new StorageFull(`no space is left, ${free} bytes: ${told}`, { dataDir, free });
  return new RestoreFailed(told, { dataDir });
};
