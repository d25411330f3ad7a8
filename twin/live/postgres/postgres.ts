import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DependencyUnavailable } from '../../../lib/contracts/failures.ts';
import { isProcess } from '../process/identity.ts';
import { tryLock } from '../process/lock.ts';
import { paths } from '../process/paths.ts';
import { until } from '../process/until.ts';
import { postgresProgram } from './binaries.ts';
import { prepareContent } from './content.ts';
import { chooseAddress, createData } from './data.ts';
import { ownerOf } from './owner.ts';
import { dropStaleLock } from './stale.ts';

const lockWithinMs = 30_000;
const startSeconds = 30;

/** The process id of this world's database, if it runs: its own file names it, its command line proves it. */
export const databasePid = async (stateDir: string): Promise<number | undefined> => {
  const dataDir = paths.database(stateDir);
  const text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 0 && isProcess(pid, dataDir) ? pid : undefined;
};

/** Creates, starts or finds the world's database; it outlives whoever calls this. */
export const startDatabase = async (stateDir: string): Promise<void> => {
  using _lock = await until('the right to start the database', lockWithinMs, () =>
    tryLock(paths.lock(stateDir, 'postgres')),
  );
  if (await databasePid(stateDir)) return;
  const { port } = await chooseAddress(stateDir);
  await createData(stateDir);
  await dropStaleLock(paths.database(stateDir));
  await control(stateDir, ['start', '-t', String(startSeconds), '-l', logOf(stateDir), '-o', `-p ${port}`]);
  await prepareContent(stateDir);
};

/** Ends it with all that was committed on disk; open connections are cut. */
export const stopDatabase = async (stateDir: string): Promise<void> => {
  if (await databasePid(stateDir)) await control(stateDir, ['stop', '-m', 'fast']);
};

const logOf = (stateDir: string): string => join(paths.database(stateDir), 'server.log');

const control = async (stateDir: string, args: readonly string[]): Promise<void> => {
  const dataDir = paths.database(stateDir);
  const options = { ...(await ownerOf(dataDir)), cwd: dataDir };
  await promisify(execFile)(postgresProgram('pg_ctl'), [...args, '-w', '-D', dataDir], options).catch(async (cause) => {
    const log = existsSync(logOf(stateDir)) ? (await readFile(logOf(stateDir), 'utf8')).slice(-500) : '';
    throw new DependencyUnavailable(`postgres: "${args[0]}" failed: ${log || cause.message}`, { dataDir }, { cause });
  });
};
