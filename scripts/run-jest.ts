import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The exit code of a child process; 1 when a signal ended it. */
export const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

/** A server that was just started loads what it needs on the first call, which takes long on a busy machine. */
const testTimeoutMs = 60_000;

type Results = { numPassedTests: number; numFailedTests: number; numRuntimeErrorTestSuites: number };

/** Runs the test files that match, prints `N passed, N failed`, and gives the exit code. A file that breaks off has failed. */
export const runJest = async (testMatch: string, environment: Record<string, string>): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-test-'));
  const report = join(folder, 'report.json');
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const options = ['--testMatch', testMatch, '--testTimeout', String(testTimeoutMs), '--json', '--outputFile', report];
  const args = [...jest, ...options, ...process.argv.slice(2)];
  const env = { ...process.env, ...environment };
  const code = await exitOf(spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env }));
  const results = JSON.parse(await readFile(report, 'utf8')) as Results;
  await rm(folder, { recursive: true });
  console.log(`${results.numPassedTests} passed, ${results.numFailedTests + results.numRuntimeErrorTestSuites} failed`);
  return code;
};
