/**
 * `npm run test:aws`: the contract suites of the AWS adapters against an AWS that nobody here wrote (moto). Makes a
 * Python environment in `.venv` on the first run, starts test/aws/server.py on a free loopback port, runs test/aws, ends the
 * server it started, and exits with the tests' code.
 */
import { spawn } from 'node:child_process';
import { freePort } from '../twin/live/process/free-port.ts';
import { answering, awsAt, ensureMoto } from './moto.ts';
import { inEnvironment } from './python-environment.ts';
import { runJest } from './run-jest.ts';

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

try {
  process.exitCode = await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
