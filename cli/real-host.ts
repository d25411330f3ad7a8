import { readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { fromMs, plusSeconds } from '../lib/contracts/instant.ts';
import type { Host } from './host.ts';

/** The SDKs are loaded when a command needs them, so that help and mistakes are answered at once. */
export const realHost = (signal: AbortSignal): Host => ({
  out: process.stdout,
  err: process.stderr,
  environment: process.env,
  signal,
  files: { read: readFile, write: writeFile },
  user: () => userInfo().username,
  async alarmHistory(days) {
    const now = fromMs(Date.now());
    return (await import('../lib/adapters/cloudwatch/alarm-history.ts')).alarmHistory(
      plusSeconds(now, -days * 86_400),
      now,
    );
  },
  async twin(stateDir) {
    return (await import('./twin/live-twin.ts')).liveTwin(resolve(stateDir));
  },
  async openPlane({ target, state }) {
    if (target === 'aws') return (await import('./control-plane/aws.ts')).awsPlane(process.env);
    return (await import('./control-plane/twin.ts')).twinPlane(resolve(state));
  },
});
