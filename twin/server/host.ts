import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { DependencyUnavailable } from '../../lib/contracts/failures.ts';
import { type LiveAccess, openLivePorts } from '../live/index.ts';
import { writeDurably } from '../live/process/durable-file.ts';
import { tryLock } from '../live/process/lock.ts';
import { paths } from '../live/process/paths.ts';
import { type FileLog, openLog } from './log.ts';
import { runningServer, serverPaths } from './registration.ts';

/** A state folder, held by this process alone, and what it writes there. */
export interface Host extends Disposable {
  readonly stateDir: string;
  readonly log: FileLog;
  readonly access: LiveAccess;
  /** What goes on, for a person who waits; in the log too, where a launcher reads it. */
  progress(text: string): void;
}

/** Errors: `DependencyUnavailable` that names the process that holds the folder. */
export const openHost = async (folder: string, onProgress: (text: string) => void = () => {}): Promise<Host> => {
  const stateDir = resolve(folder);
  mkdirSync(stateDir, { recursive: true, mode: 0o711 });
  const lock = await lockOf(stateDir);
  const log = openLog(paths.log(stateDir, 'server'));
  const access = openLivePorts(stateDir);
  return {
    stateDir,
    log,
    access,
    progress(text) {
      log.with({}).info('progress', { text });
      onProgress(text);
    },
    [Symbol.dispose]() {
      access.close();
      log[Symbol.dispose]();
      lock[Symbol.dispose]();
    },
  };
};

const lockOf = async (stateDir: string): Promise<Disposable> => {
  const lock = tryLock(paths.lock(stateDir, 'server'));
  if (lock) {
    await writeDurably(serverPaths.process(stateDir), { pid: process.pid });
    return lock;
  }
  const pid = await runningServer(stateDir);
  throw new DependencyUnavailable(`twin: one already runs in ${stateDir}, as process ${pid ?? 'unknown'}`, {
    stateDir,
  });
};
