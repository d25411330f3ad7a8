/**
 * `npm run test:aws`: the contract suites of the AWS adapters against an AWS that nobody here wrote (moto). Makes a
 * Python environment in `.venv` on the first run, starts test/aws/server.py on a free loopback port, runs test/aws, ends the
 * server it started, and exits with the tests' code.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { exitOf, freePort, runJest } from './run-jest.ts';

const motoVersion = '5.2.5';
const environment = '.venv';
const inEnvironment = (command: string): string => join(environment, 'bin', command);
const stamp = join(environment, `moto-${motoVersion}`);
const startMs = 30_000;

const main = async (): Promise<number> => {
  await ensureMoto();
  const port = await freePort();
  const moto = spawn(inEnvironment('python'), ['test/aws/server.py', String(port)], { stdio: 'ignore' });
  try {
    await answering(`http://127.0.0.1:${port}/moto-api/`, moto);
    return await runJest('**/test/aws/*.moto.ts', awsAt(`http://127.0.0.1:${port}`));
  } finally {
    moto.kill();
  }
};

const ensureMoto = async (): Promise<void> => {
  if (existsSync(stamp)) return;
  console.log(`Installing moto ${motoVersion} in ${environment} (once) ...`);
  await must('python3', ['-m', 'venv', environment]);
  await must(inEnvironment('pip'), ['install', '--quiet', `moto[server,all]==${motoVersion}`]);
  await writeFile(stamp, '');
};

const must = async (command: string, args: string[]): Promise<void> => {
  const code = await exitOf(spawn(command, args, { stdio: 'inherit' })).catch((error: Error) => error.message);
  if (code === 0) return;
  const why = `"${command} ${args.join(' ')}" ended with ${code}`;
  throw new Error(`test:aws needs python3 (3.9 or newer, with venv) and access to a Python package index: ${why}`);
};

/** Polls until the server answers; its own end or `startMs` end the wait. */
const answering = async (url: string, child: ChildProcess): Promise<void> => {
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

/** Credentials that fit moto and nothing else, so that no test can reach a real account. */
const awsAt = (endpoint: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_SESSION_TOKEN: 'testing',
  AWS_EC2_METADATA_DISABLED: 'true',
});

try {
  process.exitCode = await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
