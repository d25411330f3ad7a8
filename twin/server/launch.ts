import { resolve } from 'node:path';
import * as v from 'valibot';
import type { Failure } from '../../lib/contracts/failure.ts';
import { DependencyUnavailable } from '../../lib/contracts/failures.ts';
import { fromWire, WireFailure } from '../live/control/wire.ts';
import { endProcess } from '../live/process/end.ts';
import { send } from '../live/process/http.ts';
import { isProcess } from '../live/process/identity.ts';
import { paths } from '../live/process/paths.ts';
import { startDetached } from '../live/process/start.ts';
import { until } from '../live/process/until.ts';
import { followLog } from './follow-log.ts';
import {
  runningServer,
  runningTwin,
  serverArguments,
  serverMark,
  serverProgram,
  type TwinFile,
} from './registration.ts';

export interface LaunchOptions {
  /** Default: twin/catalog.yml. */
  readonly catalogFile?: string;
  /** Told what is going on, in a few words. */
  readonly onProgress?: (text: string) => void;
}

const readyWithinMs = 60_000;
const answersWithinMs = 2000;
const endsWithinMs = 5000;

/**
 * Starts the twin of a folder as a process of its own and waits until it is ready, or finds the one that runs. Errors: the
 * one that the process ended with (see `startTwin`), or `DependencyUnavailable`.
 */
export const launchTwin = async (folder: string, options: LaunchOptions = {}): Promise<TwinFile> => {
  const stateDir = resolve(folder);
  const log = paths.log(stateDir, 'server');
  const newLines = followLog(log);
  const pid = (await runningServer(stateDir)) ?? spawnServer(stateDir, log, options);
  let fatal: Record<string, unknown> | undefined;
  return until(`twin: start (see ${log})`, readyWithinMs, async () => {
    // Asked before the log is read: whatever a process said that has ended is then in the log.
    const runs = isProcess(pid, serverMark(stateDir));
    for (const line of newLines()) {
      if (line.message === 'progress') options.onProgress?.(String(line.text));
      if (line.level === 'fatal') fatal = line;
    }
    if (!runs) throw ended(log, fatal);
    return readyTwin(stateDir);
  });
};

const spawnServer = (stateDir: string, log: string, { catalogFile }: LaunchOptions): number => {
  const catalog = catalogFile === undefined ? [] : ['--catalog', resolve(catalogFile)];
  return startDetached(serverProgram, [...serverArguments(stateDir), ...catalog], log);
};

/** What the process died of, under its own name. */
const ended = (log: string, fatal: Record<string, unknown> | undefined): Failure => {
  const told = v.safeParse(WireFailure, fatal);
  return told.success
    ? fromWire(told.output)
    : new DependencyUnavailable(`twin: the server ended and said nothing; look into ${log}`, { log });
};

const readyTwin = async (stateDir: string): Promise<TwinFile | undefined> => {
  const twin = await runningTwin(stateDir);
  return twin && (await isHealthy(twin)) ? twin : undefined;
};

const isHealthy = async ({ endpoint }: TwinFile): Promise<boolean> => {
  const port = Number(new URL(endpoint).port);
  const answer = await send({ port, path: '/health', timeoutMs: answersWithinMs }).catch(() => undefined);
  return answer?.status === 200;
};

/** Ends the control plane of the folder, if it runs; its world lives on. */
export const stopServer = async (folder: string): Promise<void> => {
  const stateDir = resolve(folder);
  const pid = await runningServer(stateDir);
  if (pid !== undefined) await endProcess(pid, serverMark(stateDir), endsWithinMs);
};
