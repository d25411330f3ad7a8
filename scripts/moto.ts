/** moto, an AWS that nobody here wrote, and the command line of AWS, in the Python environment of this project. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { ensurePackage } from './python-environment.ts';

const motoVersion = '5.2.5';
const cliVersion = '1.46.2';
const startMs = 60_000;

/** Installs both on the first use, at once: they share packages. Errors: what was missing, in one sentence. */
export const ensureMoto = (): Promise<void> =>
  ensurePackage({
    name: 'moto',
    version: `${motoVersion}-awscli-${cliVersion}`,
    pip: [`moto[server,all]==${motoVersion}`, `awscli==${cliVersion}`],
  });

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
