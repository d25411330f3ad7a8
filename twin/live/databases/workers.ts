import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { readRecord, writeDurably } from '../process/durable-file.ts';
import { endAll } from '../process/end.ts';
import { isProcess, markOf } from '../process/identity.ts';
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
  const marks = [workMark(stateDir, kind, id), markOf(stateDir, 'work')];
  await register(stateDir, kind, id, startDetached(program, marks, log));
};

export const workerRuns = async (stateDir: string, kind: Kind, id: string): Promise<boolean> => {
  const worker = await readRecord(paths.work(stateDir, kind, id), Worker);
  return worker !== undefined && isRunning(stateDir, worker);
};

/** Also one that was started beside another, and is in no file. */
export const endWorker = (stateDir: string, kind: Kind, id: string): Promise<void> =>
  endAll(workMark(stateDir, kind, id), graceMs);

/** Forgets the process of work that is over. */
export const forgetWorker = async (stateDir: string, kind: Kind, id: string): Promise<void> => {
  await rm(paths.work(stateDir, kind, id), { force: true });
  await rm(paths.lock(stateDir, `${kind}-${id}`), { force: true });
};

/** Ends all of them; what they were doing stays wanted. */
export const endWorkers = (stateDir: string): Promise<void> => endAll(markOf(stateDir, 'work'), graceMs);
