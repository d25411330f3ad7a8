import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Service } from '../../lib/contracts/catalog.ts';
import {
  openLivePorts,
  pushSamples,
  seedService,
  startWorld,
  stopWorld,
  type World,
  worldStatus,
} from '../../twin/live/index.ts';
import { endProcess } from '../../twin/live/process/end.ts';
import { signalProcess } from '../../twin/live/process/identity.ts';
import { paths } from '../../twin/live/process/paths.ts';
import { startDetached } from '../../twin/live/process/start.ts';
import { until } from '../../twin/live/process/until.ts';
import { UsageInvalid } from '../failures.ts';
import { twinCatalogs } from './catalog.ts';
import { type Registration, runningServer, serverArguments, serverMark, serverProgram } from './registration.ts';
import type { TwinAddresses, TwinControl } from './twin-control.ts';

const serverReadyWithinMs = 20_000;
const serverEndsWithinMs = 5000;

export const liveTwin = (stateDir: string): TwinControl => ({
  async up(progress) {
    const { services } = await twinCatalogs.current();
    progress('starting the router, the node and PostgreSQL');
    const world = await startWorld(stateDir, { services: services.map(({ name }) => name) });
    progress('pushing sample images and putting the first release in place');
    await seed(stateDir, services);
    progress('starting the control plane');
    return addressesOf(world, await startServer(stateDir));
  },

  async addresses() {
    const server = await runningServer(stateDir);
    if (!server) return undefined;
    const { services } = await worldStatus(stateDir);
    const addresses = Object.fromEntries(services.map(({ service, address }) => [service, address]));
    return addressesOf({ stateDir, addresses }, server);
  },

  async kill() {
    const running = await runningServer(stateDir);
    return running && signalProcess(running.pid, serverMark(stateDir), 'SIGKILL') ? running.pid : undefined;
  },

  async down({ wipe }) {
    await stopServer(stateDir);
    await stopWorld(stateDir);
    if (wipe) await wipeState(stateDir);
  },
});

const addressesOf = ({ stateDir, addresses }: World, { pid, endpoint }: Registration): TwinAddresses => ({
  stateDir,
  pid,
  endpoint,
  addresses,
});

/** A service that has a live release keeps it. */
const seed = async (stateDir: string, services: readonly Service[]): Promise<void> => {
  const access = openLivePorts(stateDir);
  try {
    for (const service of services) {
      const digests = await pushSamples(stateDir, service.name);
      await seedService(access.ports, service, digests['good-1']);
    }
  } finally {
    access.close();
  }
};

const startServer = async (stateDir: string): Promise<Registration> => {
  const running = await runningServer(stateDir);
  if (running) return running;
  const log = paths.log(stateDir, 'server');
  startDetached(serverProgram, serverArguments(stateDir), log);
  return until(`control plane: start (see ${log})`, serverReadyWithinMs, () => runningServer(stateDir));
};

const stopServer = async (stateDir: string): Promise<void> => {
  const running = await runningServer(stateDir);
  if (running) await endProcess(running.pid, serverMark(stateDir), serverEndsWithinMs);
};

/** Rule: only a twin's own folder is deleted, so a mistyped one loses nothing. Errors: `UsageInvalid`. */
const wipeState = async (stateDir: string): Promise<void> => {
  if (!existsSync(stateDir)) return;
  if (!existsSync(paths.store(stateDir))) {
    throw new UsageInvalid(`--state: got "${stateDir}", which no twin made; allowed: the folder of a twin`);
  }
  await rm(stateDir, { recursive: true });
};
