import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { readRecord, writeDurably } from '../process/durable-file.ts';
import { endProcess } from '../process/end.ts';
import { isProcess, processesWith } from '../process/identity.ts';
import { paths } from '../process/paths.ts';
import { startDetached } from '../process/start.ts';
import type { Kind } from './works.ts';

const program = fileURLToPath(new URL('./main.ts', import.meta.url));
const Worker = v.object({ pid: v.number(), kind: v.string(), id: v.string() });
/** A worker holds nothing that an end at once could break: whoever comes next begins anew. */
const graceMs = 200;

/** On the command line of the process that makes or removes something. */
export const workMark = (stateDir: string, kind: string, id: string): string => `--evenkeel=${kind}/${id}:${stateDir}`;

const isRunning = (stateDir: string, { pid, kind, id }: v.InferOutput<typeof Worker>): boolean =>
  isProcess(pid, workMark(stateDir, kind, id));

export const register = (stateDir: string, kind: Kind, id: string, pid: number): Promise<void> =>
  writeDurably(paths.work(stateDir, kind, id), { pid, kind, id });

/**
 * Sees to it that somebody works on it: work goes on in a process of its own, and when that was killed, whoever asks for it
 * next starts it again. Two at once do no harm: one holds the lock, the other ends.
 */
export const ensureWorker = async (stateDir: string, kind: Kind, id: string): Promise<void> => {
  if (existsSync(paths.stopped(stateDir)) || (await workerRuns(stateDir, kind, id))) return;
  const log = paths.log(stateDir, 'databases');
  await register(stateDir, kind, id, startDetached(program, [workMark(stateDir, kind, id)], log));
};

export const workerRuns = async (stateDir: string, kind: Kind, id: string): Promise<boolean> => {
  const worker = await readRecord(paths.work(stateDir, kind, id), Worker);
  return worker !== undefined && isRunning(stateDir, worker);
};

/** Also one that was started beside another, and is in no file. */
export const endWorker = async (stateDir: string, kind: Kind, id: string): Promise<void> => {
  const mark = workMark(stateDir, kind, id);
  const pids = processesWith(mark).filter((pid) => isProcess(pid, mark));
  await Promise.all(pids.map((pid) => endProcess(pid, mark, graceMs)));
};

/** Forgets the process of work that is over. */
export const forgetWorker = async (stateDir: string, kind: Kind, id: string): Promise<void> => {
  await rm(paths.work(stateDir, kind, id), { force: true });
  await rm(paths.lock(stateDir, `${kind}-${id}`), { force: true });
};

/** Ends all of them; what they were doing stays wanted. */
export const endWorkers = async (stateDir: string): Promise<void> => {
  const folder = paths.works(stateDir);
  const files = await readdir(folder).catch(() => []);
  const found = await Promise.all(files.filter(isWorker).map((name) => readRecord(join(folder, name), Worker)));
  const workers = found.filter((worker) => worker !== undefined);
  await Promise.all(workers.map(({ pid, kind, id }) => endProcess(pid, workMark(stateDir, kind, id), graceMs)));
};
const isWorker = (name: string): boolean => name.endsWith('.json');
