import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const mounted = async <T>(place: string, bytes: number, work: () => Promise<T>): Promise<T> => {
  await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0711`, 'evenkeel-test', place]);
  try {
    return await work();
  } finally {
    // Lazily: a process that was killed may hold a file of it for a moment.
    await run('umount', ['--lazy', place]);
  }
};

/** Root may, but not in every container. */
export const mayMount = async (): Promise<boolean> => {
  const place = await mkdtemp(join(tmpdir(), 'evenkeel-mount-'));
  const may = await mounted(place, 4096, async () => true).catch(() => false);
  await rmdir(place);
  return may;
};

/** While it works, the folder is a file system of its own with room for so many bytes: then the kernel says ENOSPC. */
export const withSmallDisk = async <T>(place: string, bytes: number, work: () => Promise<T>): Promise<T> => {
  await mkdir(place, { recursive: true, mode: 0o711 });
  return mounted(place, bytes, work);
};

/**
 * While it works, no process that is started here writes a file longer than that: then the kernel says EFBIG. Every process may limit
 * itself so, in every container.
 */
export const withShortFiles = async <T>(bytes: number, work: () => Promise<T>): Promise<T> => {
  const limit = (soft: string) => run('prlimit', ['--pid', String(process.pid), `--fsize=${soft}:`]);
  await limit(String(bytes));
  try {
    return await work();
  } finally {
    await limit('unlimited');
  }
};
