import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { postgresProgram } from '../postgres/binaries.ts';
import { ownerOf } from '../postgres/owner.ts';
import { dropStaleLock } from '../postgres/stale.ts';
import { isProcess, processesWith, signalProcess } from '../process/identity.ts';
import { paths } from '../process/paths.ts';
import { until } from '../process/until.ts';
import { whyEnded } from './full.ts';

/** Recovery may read a long log. Whoever waits for it has a deadline of its own. */
const readyWithinMs = 6 * 3_600_000;
const fastMs = 20_000;
const goneMs = 10_000;
const shownBytes = 1500;

const logOf = (dataDir: string): string => join(dirname(dataDir), 'server.log');
const pidFile = (dataDir: string): string => join(dataDir, 'postmaster.pid');

const linesOf = async (dataDir: string): Promise<string[]> =>
  (await readFile(pidFile(dataDir), 'utf8').catch(() => '')).split('\n').map((line) => line.trim());

/** The server on that folder, if it runs: its own file names it, its command line proves it. */
export const serverPid = async (dataDir: string): Promise<number | undefined> => {
  const pid = Number((await linesOf(dataDir))[0]);
  return pid > 0 && isProcess(pid, dataDir) ? pid : undefined;
};

/**
 * In the eighth line of its file a server says whether it takes connections. One that follows another is `ready` as well;
 * `standby` is said by one that recovers with `hot_standby` off, and lets nobody in.
 */
export const serverIsReady = async (dataDir: string): Promise<boolean> => {
  const [pid, , , , , , , status] = await linesOf(dataDir);
  return status === 'ready' && isProcess(Number(pid), dataDir);
};

/** Starts it and waits until it takes connections. Errors: `RestoreFailed` with the end of its log, `StorageFull`. */
export const startServer = async (dataDir: string, port: number): Promise<void> => {
  await dropStaleLock(dataDir);
  const from = existsSync(logOf(dataDir)) ? (await readFile(logOf(dataDir))).length : 0;
  const pid = await launch(dataDir, port);
  await until(`server in ${dataDir}`, readyWithinMs, async () => {
    if (!isProcess(pid, dataDir)) throw await ended(dataDir, from);
    return serverIsReady(dataDir);
  });
};

const launch = async (dataDir: string, port: number): Promise<number> => {
  const log = openSync(logOf(dataDir), 'a', 0o600);
  try {
    const program = postgresProgram('postgres');
    const owner = await ownerOf(dataDir);
    const args = ['-D', dataDir, '-p', String(port)];
    const child = spawn(program, args, { ...owner, cwd: dataDir, detached: true, stdio: ['ignore', log, log] });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    return child.pid ?? 0;
  } finally {
    closeSync(log);
  }
};

/** With the worst that it said, or else its last words. */
const ended = async (dataDir: string, from: number): Promise<Error> => {
  const file = await open(logOf(dataDir));
  const { buffer, bytesRead } = await file.read({ position: from, buffer: Buffer.alloc(1_000_000) });
  await file.close();
  const text = buffer.subarray(0, bytesRead).toString('utf8');
  const fatal = text.split('\n').filter((line) => /(FATAL|PANIC):|invalid value/.test(line));
  const told = (fatal.length > 0 ? fatal.join('; ') : text).slice(-shownBytes).trim();
  return whyEnded(dataDir, text, told);
};

/** Ends every server that works on a folder below `place`, also one that is only just starting. */
export const endServers = async (place: string): Promise<void> => {
  const pids = () => processesWith(`-D ${place}/`);
  const all = (signal: NodeJS.Signals) => pids().filter((pid) => signalProcess(pid, '-D', signal));
  const gone = () => pids().length === 0;
  all('SIGQUIT');
  const ended = await until(`end of servers in ${place}`, goneMs, gone).catch(() => false);
  if (ended) return;
  all('SIGKILL');
  await until(`end of killed servers in ${place}`, goneMs, gone);
};

/** Of drills and of the second region. */
export const endAllServers = async (stateDir: string): Promise<void> => {
  await endServers(paths.drills(stateDir));
  await endServers(paths.standby(stateDir));
};

/** Ends it with everything on disk. */
export const stopServer = async (dataDir: string): Promise<void> => {
  const pid = await serverPid(dataDir);
  if (pid === undefined) return;
  signalProcess(pid, dataDir, 'SIGINT');
  await until(`end of the server in ${dataDir}`, fastMs, () => !isProcess(pid, dataDir));
};
