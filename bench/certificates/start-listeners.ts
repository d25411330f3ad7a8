import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { program } from '../program.ts';

export type Place = { host: string; port: number };

/** The listeners in a process of their own, which ends with `stop` and with this process. */
export const startListeners = async (count: number): Promise<{ places: Place[]; stop(): void }> => {
  const child = spawn(process.execPath, [program('certificates/listeners.ts'), String(count)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const stop = () => child.stdin.end();
  for await (const line of createInterface(child.stdout)) return { places: JSON.parse(line), stop };
  throw new Error('the listeners ended before they listened');
};
