import { randomUUID } from 'node:crypto';
import { writeDurably } from '../process/durable-file.ts';
import { listen } from '../process/listen.ts';
import { tryLock } from '../process/lock.ts';
import { paths, type Role } from '../process/paths.ts';
import type { Operations } from './operation.ts';
import { markOf } from './registration.ts';
import { controlServer } from './server.ts';

/**
 * The frame of each long-running process: one at a time per world, then its own work, then its control port, and only
 * then a registration that others can find it by. A second one ends at once and leaves the first alone.
 */
export const runDaemon = async (role: Role, start: (stateDir: string) => Promise<Operations>): Promise<void> => {
  const stateDir = stateDirFrom(process.argv, role);
  const lock = tryLock(paths.lock(stateDir, role));
  if (!lock) return console.log(`${role}: another one runs in ${stateDir}; nothing to do`);
  process.once('SIGTERM', () => process.exit(0));
  const instance = randomUUID();
  const port = await listen(controlServer(instance, await start(stateDir)));
  await writeDurably(paths.registration(stateDir, role), { pid: process.pid, port, instance });
  process.once('exit', () => lock[Symbol.dispose]());
};

const stateDirFrom = (argv: readonly string[], role: Role): string => {
  const prefix = markOf('', role);
  const mark = argv.find((argument) => argument.startsWith(prefix));
  if (!mark) throw new Error(`usage: node main.ts ${prefix}<state folder>`);
  return mark.slice(prefix.length);
};
