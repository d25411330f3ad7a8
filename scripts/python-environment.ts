/** The Python environment of this project: programs that only Python packages bring. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitOf } from './run-jest.ts';

const environment = join(import.meta.dirname, '../.venv');

export const inEnvironment = (command: string): string => join(environment, 'bin', command);

/** `name` and `version` of a package, and what pip is told to install, where that is more. */
export type PythonPackage = { name: string; version: string; pip: readonly string[] };

/** Installs a package on the first use. Errors: what was missing, in one sentence. */
export const ensurePackage = async ({ name, version, pip }: PythonPackage): Promise<void> => {
  const stamp = join(environment, `${name}-${version}`);
  if (existsSync(stamp)) return;
  console.error(`Installing ${name} ${version} in .venv (once) ...`);
  if (!existsSync(inEnvironment('pip'))) await must(name, 'python3', ['-m', 'venv', environment]);
  await must(name, inEnvironment('pip'), ['install', '--quiet', ...pip]);
  await writeFile(stamp, '');
};

const must = async (name: string, command: string, args: string[]): Promise<void> => {
  // Progress goes to the error stream, so that --json prints nothing else.
  const child = spawn(command, args, { stdio: ['ignore', 2, 2] });
  const code = await exitOf(child).catch((error: Error) => error.message);
  if (code === 0) return;
  const why = `"${command} ${args.join(' ')}" ended with ${code}`;
  throw new Error(`${name} needs python3 (3.10 or newer, with venv) and access to a Python package index: ${why}`);
};
