import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeDurably } from '../process/durable-file.ts';
import { markOf } from '../process/identity.ts';
import { listen } from '../process/listen.ts';
import { tryLock } from '../process/lock.ts';
import { paths, type Role } from '../process/paths.ts';
import type { Operations } from './operation.ts';
import { controlServer } from './server.ts';

/** What a process answers to, and what it does before it ends. */
type Work = { operations: Operations; close(): Promise<void> };

/**
 * The frame of each long-running process: one at a time per world, then its own work, then its control port, and only
 * then a registration that others can find it by. A second one ends at once and leaves the first alone.
 */
export const runDaemon = async (role: Role, start: (stateDir: string) => Promise<Work>): Promise<void> => {
  const stateDir = stateDirFrom(process.argv, role);
  const lock = tryLock(paths.lock(stateDir, role));
  if (!lock) return console.log(`${role}: another one runs in ${stateDir}; nothing to do`);
  const { operations, close } = await start(stateDir);
  process.once('SIGTERM', () => void close().finally(() => process.exit(0)));
  const instance = randomUUID();
  const port = await listen(controlServer(instance, operations));
  await writeDurably(paths.registration(stateDir, role), { pid: process.pid, port, instance });
  if (existsSync(paths.stopped(stateDir))) process.kill(process.pid, 'SIGTERM');
  process.once('exit', () => lock[Symbol.dispose]());
};

const stateDirFrom = (argv: readonly string[], role: Role): string => {
  const prefix = markOf('', role);
  const mark = argv.find((argument) => argument.startsWith(prefix));
  if (!mark) throw new Error(`usage: node main.ts ${prefix}<state folder>`);
  return mark.slice(prefix.length);
};
