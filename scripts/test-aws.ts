/**
 * `npm run test:aws`: the contract suites of the AWS adapters against an AWS that nobody here wrote (moto). Makes a
 * Python environment in `.venv` on the first run, starts moto_server on a free loopback port, runs test/aws, ends the
 * server it started, and exits with the tests' code.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const motoVersion = '5.2.5';
const environment = '.venv';
const server = join(environment, 'bin', 'moto_server');
const stamp = join(environment, `moto-${motoVersion}`);
const startMs = 30_000;

const main = async (): Promise<void> => {
  await ensureMoto();
  const port = await freePort();
  const moto = spawn(server, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  try {
    await answering(`http://127.0.0.1:${port}/moto-api/`, moto);
    process.exitCode = await runTests(`http://127.0.0.1:${port}`);
  } finally {
    moto.kill();
  }
};

const ensureMoto = async (): Promise<void> => {
  if (existsSync(stamp)) return;
  console.log(`Installing moto ${motoVersion} in ${environment} (once) ...`);
  await must('python3', ['-m', 'venv', environment]);
  await must(join(environment, 'bin', 'pip'), ['install', '--quiet', `moto[server,all]==${motoVersion}`]);
  await must(join(environment, 'bin', 'python'), ['-c', `open('${stamp}', 'w').close()`]);
};

const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

const must = async (command: string, args: string[]): Promise<void> => {
  const code = await exitOf(spawn(command, args, { stdio: 'inherit' })).catch((error: Error) => error.message);
  if (code === 0) return;
  const why = `"${command} ${args.join(' ')}" ended with ${code}`;
  throw new Error(`test:aws needs python3 (3.9 or newer, with venv) and access to a Python package index: ${why}`);
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Polls until the server answers; its own end or `startMs` end the wait. */
const answering = async (url: string, child: ChildProcess): Promise<void> => {
  const deadlineMs = Date.now() + startMs;
  while (Date.now() < deadlineMs && child.exitCode === null) {
    if (
      await fetch(url)
        .then(({ ok }) => ok)
        .catch(() => false)
    )
      return;
    await setTimeout(100);
  }
  throw new Error(`moto_server did not answer on ${url} within ${startMs / 1000} s (exit code ${child.exitCode})`);
};

/** Credentials that fit moto and nothing else, so that no test can reach a real account. */
const awsAt = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_SESSION_TOKEN: 'testing',
  AWS_EC2_METADATA_DISABLED: 'true',
});

type Results = { numPassedTests: number; numFailedTests: number; numRuntimeErrorTestSuites: number };

const runTests = async (endpoint: string): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-aws-'));
  const report = join(folder, 'report.json');
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const args = [...jest, '--testMatch', '**/test/aws/*.moto.ts', '--json', '--outputFile', report];
  const stdio = ['ignore', 'ignore', 'inherit'] as const;
  const child = spawn(process.execPath, [...args, ...process.argv.slice(2)], {
    stdio: [...stdio],
    env: { ...process.env, ...awsAt(endpoint) },
  });
  const code = await exitOf(child);
  const results = JSON.parse(await readFile(report, 'utf8')) as Results;
  await rm(folder, { recursive: true });
  console.log(`${results.numPassedTests} passed, ${results.numFailedTests + results.numRuntimeErrorTestSuites} failed`);
  return code;
};

await main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
