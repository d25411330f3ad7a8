import { spawn } from 'node:child_process';

type ChildOptions = { signal: AbortSignal; nodeOptions?: readonly string[]; environment?: Record<string, string> };

/**
 * Runs a program in a fresh process, so that no measurement warms up another, and reads the JSON that it prints last.
 * Rejects when it fails or is aborted; then it is ended too.
 */
export const measuredIn = async <T>(program: string, args: readonly string[], options: ChildOptions): Promise<T> => {
  const { signal, nodeOptions = [], environment = {} } = options;
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [...nodeOptions, program, ...args], {
    signal,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (part) => {
    text += part;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${program}: ended with code ${code}`);
  return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
};
