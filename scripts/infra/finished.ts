import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

export type Finished = { code: number; out: string; errors: string };
/** After `timeout` milliseconds it is asked to end as by ctrl-C, so that it can say what it was waiting for. */
type Options = { cwd: string; env: NodeJS.ProcessEnv; timeout?: number };

/** How a program ended and what it said. Errors: when it cannot be started, with what to install. */
export const finished = async (program: string, args: readonly string[], options: Options): Promise<Finished> => {
  const child = spawn(program, args, { ...options, killSignal: 'SIGINT', stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', ({ message }) => reject(new Error(`${program} must be installed and on the PATH: ${message}`)));
    child.once('close', (code) => resolve(code ?? 1));
  });
  const [code, out, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, errors };
};
