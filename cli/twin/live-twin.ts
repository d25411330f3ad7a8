import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { stopWorld } from '../../twin/live/index.ts';
import { isProcess, signalProcess } from '../../twin/live/process/identity.ts';
import { paths } from '../../twin/live/process/paths.ts';
import { until } from '../../twin/live/process/until.ts';
import { launchTwin, runningTwin, serverMark, stopServer, type TwinFile } from '../../twin/server/index.ts';
import { UsageInvalid } from '../failures.ts';
import type { TwinAddresses, TwinControl } from './twin-control.ts';

const goneMs = 5000;

/** `catalogFile`: whose services and policies it has; without one, those of `twin/catalog.yml`. */
export const liveTwin = (stateDir: string, catalogFile?: string): TwinControl => ({
  async up(onProgress) {
    return addressesOf(stateDir, await launchTwin(stateDir, { onProgress, ...(catalogFile && { catalogFile }) }));
  },

  async addresses() {
    const running = await runningTwin(stateDir);
    return running && addressesOf(stateDir, running);
  },

  async kill() {
    const running = await runningTwin(stateDir);
    if (!running || !signalProcess(running.pid, serverMark(stateDir), 'SIGKILL')) return undefined;
    // Until it is gone, whoever starts the twin would find it running.
    await until('the end of the control plane', goneMs, () => !isProcess(running.pid, serverMark(stateDir)));
    return running.pid;
  },

  async down({ wipe }) {
    await stopServer(stateDir);
    await stopWorld(stateDir);
    if (wipe) await wipeState(stateDir);
  },
});

const addressesOf = (stateDir: string, { pid, endpoint, services }: TwinFile): TwinAddresses => ({
  stateDir,
  pid,
  endpoint,
  addresses: services,
});

/** Rule: only a twin's own folder is deleted, so a mistyped one loses nothing. Errors: `UsageInvalid`. */
const wipeState = async (stateDir: string): Promise<void> => {
  if (!existsSync(stateDir)) return;
  if (!existsSync(paths.store(stateDir))) {
    throw new UsageInvalid(`--state: got "${stateDir}", which no twin made; allowed: the folder of a twin`);
  }
  await rm(stateDir, { recursive: true });
};
