import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Small young generation: these programs keep little and there are many of them. */
const smallHeap = ['--max-semi-space-size=2', '--max-old-space-size=256'];

/**
 * Starts a TypeScript program in a session of its own, so that it outlives whoever started it, with its output in
 * `log`. Returns its process id.
 */
export const startDetached = (program: string, args: readonly string[], log: string): number => {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a', 0o600);
  try {
    const child = spawn(process.execPath, [...smallHeap, program, ...args], {
      detached: true,
      stdio: ['ignore', output, output],
    });
    child.unref();
    if (child.pid === undefined) throw new Error(`${program}: the operating system started no process`);
    return child.pid;
  } finally {
    closeSync(output);
  }
};
