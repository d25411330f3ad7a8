import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../process/until.ts';

const orphansEndWithinMs = 10_000;

/**
 * PostgreSQL takes a postmaster that died and was never reaped (as in a container whose first process does not do that)
 * for a running one, and then never starts again. Its lock file goes, but only once no process of the old server works
 * in the data folder any more: two servers on one folder destroy it.
 */
export const dropStaleLock = async (dataDir: string): Promise<void> => {
  const lock = join(dataDir, 'postmaster.pid');
  const pid = Number.parseInt(await readFile(lock, 'utf8').catch(() => ''), 10);
  if (!(pid > 0) || !(await isUnreaped(pid))) return;
  await until('end of the old database processes', orphansEndWithinMs, async () => (await workersIn(dataDir)) === 0);
  await rm(lock);
};

const isUnreaped = async (pid: number): Promise<boolean> =>
  /^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''));

/** Every process of a server works in its data folder. */
const workersIn = async (dataDir: string): Promise<number> => {
  const worksIn = await realpath(dataDir);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return folders.filter((folder) => folder === worksIn).length;
};
