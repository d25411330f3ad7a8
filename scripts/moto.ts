/** moto, an AWS that nobody here wrote, and the command line of AWS, in the Python environment of this project. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { exitOf } from './run-jest.ts';

const motoVersion = '5.2.5';
const cliVersion = '1.46.2';
const environment = join(import.meta.dirname, '../.venv');
const stamp = join(environment, `moto-${motoVersion}-awscli-${cliVersion}`);
const startMs = 60_000;

export const inEnvironment = (command: string): string => join(environment, 'bin', command);

/** Installs both on the first use. Errors: what was missing, in one sentence. */
export const ensureMoto = async (): Promise<void> => {
  if (existsSync(stamp)) return;
  console.error(`Installing moto ${motoVersion} and awscli ${cliVersion} in .venv (once) ...`);
  await must('python3', ['-m', 'venv', environment]);
  const packages = [`moto[server,all]==${motoVersion}`, `awscli==${cliVersion}`];
  await must(inEnvironment('pip'), ['install', '--quiet', ...packages]);
  await writeFile(stamp, '');
};

const must = async (command: string, args: string[]): Promise<void> => {
  // Progress goes to the error stream, so that --json prints nothing else.
  const child = spawn(command, args, { stdio: ['ignore', 2, 2] });
  const code = await exitOf(child).catch((error: Error) => error.message);
  if (code === 0) return;
  const why = `"${command} ${args.join(' ')}" ended with ${code}`;
  throw new Error(`moto needs python3 (3.9 or newer, with venv) and access to a Python package index: ${why}`);
};

/** Polls until the server answers; its own end or `startMs` end the wait. */
export const answering = async (url: string, child: ChildProcess): Promise<void> => {
  const deadlineMs = Date.now() + startMs;
  let failed: Error | undefined;
  child.once('error', (error) => {
    failed = error;
  });
  while (Date.now() < deadlineMs && child.exitCode === null && !failed) {
    const up = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await setTimeout(100);
  }
  const why = failed?.message ?? `exit code ${child.exitCode}`;
  throw new Error(`moto did not answer on ${url} within ${startMs / 1000} s: ${why}`);
};

/** Credentials that fit moto and nothing else, so that nothing here can reach a real account. */
export const awsAt = (endpoint: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_SESSION_TOKEN: 'testing',
  AWS_EC2_METADATA_DISABLED: 'true',
});
