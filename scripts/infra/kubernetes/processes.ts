import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const readyMs = 60_000;

/** Returns when somebody listens on the port; the server's own end ends the wait. */
export const listening = async (name: string, port: number, child: ChildProcess): Promise<void> => {
  const deadlineMs = Date.now() + readyMs;
  while (Date.now() < deadlineMs && child.exitCode === null) {
    if (await connects(port)) return;
    await setTimeout(50);
  }
  throw new Error(`${name} did not listen on port ${port} within ${readyMs / 1000} s (exit code ${child.exitCode})`);
};

const connects = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });

export type Running = { child: ChildProcess; stop(): Promise<void> };

/** A server of our own: it is stopped by its id, and gone when `stop` returns. */
export const startServer = async (
  name: string,
  port: number,
  [program = '', ...args]: readonly string[],
): Promise<Running> => {
  const child = spawn(program, args, { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  const failed = once(child, 'error').then(([error]) => {
    throw error;
  });
  try {
    await Promise.race([listening(name, port, child), failed]);
    return { child, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
