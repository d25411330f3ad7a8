import { join } from 'node:path';
import { yamlCatalogs } from '../../lib/adapters/file/yaml-catalogs.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import { realClock } from '../engine/index.ts';
import {
  databaseLoad,
  missingProcesses,
  production,
  registerNames,
  startWorld,
  type World,
  worldStatus,
} from '../live/index.ts';
import { writeDurably } from '../live/process/durable-file.ts';
import { paths } from '../live/process/paths.ts';
import { readWiring, repositoryRoot, type Wiring } from '../wiring/index.ts';
import { databaseAlarms, waitedSeconds } from './alarms/database-alarms.ts';
import type { MeasuredAlarm } from './alarms/measured-alarm.ts';
import { trafficAlarms } from './alarms/traffic-alarms.ts';
import { type ControlPlane, openControlPlane } from './control-plane.ts';
import { openEndpoint } from './endpoint.ts';
import { type Host, openHost } from './host.ts';
import { machinesPort, pointClientsAt } from './machines.ts';
import { serverPaths, type TwinFile } from './registration.ts';
import { seedWorld } from './seed.ts';
import { keepWorld } from './world-keeper.ts';

export interface TwinOptions {
  readonly stateDir: string;
  /** Default: twin/catalog.yml. */
  readonly catalogFile?: string | undefined;
  /** Told what is going on, in a few words. */
  readonly onProgress?: (text: string) => void;
}

export interface Twin {
  readonly file: TwinFile;
  /** Ends the control plane alone; the world and its traffic go on. */
  close(): Promise<void>;
}

/** Lambda waits a minute and two before it tries an event again; a person at a laptop does not. */
const eventRetryWaitsMs = [1000, 2000];

/**
 * The live twin: what does not run yet of its world, and the control plane over it, which goes on where an earlier one
 * ended. While it runs, it starts again what ends of the world. Errors: `DependencyUnavailable`, also when one already runs in the folder; `ConfigInvalid`, `CatalogInvalid`,
 * `MachineRefused`.
 */
export const startTwin = async (options: TwinOptions): Promise<Twin> => {
  const host = await openHost(options.stateDir, options.onProgress);
  try {
    return await start(host, options.catalogFile ?? join(repositoryRoot, 'twin', 'catalog.yml'));
  } catch (error) {
    host[Symbol.dispose]();
    throw error;
  }
};

const start = async (host: Host, catalogFile: string): Promise<Twin> => {
  const { stateDir, access, progress } = host;
  const startedMs = performance.now();
  const wiring = readWiring();
  const catalogs = yamlCatalogs.create({ CATALOG_FILE: catalogFile });
  const catalog = await catalogs.current();
  const { services, databases, certificates } = catalog;
  await writeDurably(paths.catalog(stateDir), catalog);
  const standby = databases.some(({ failover }) => failover !== undefined);
  progress('starting the database, the router and the node');
  const begin = () =>
    startWorld(stateDir, {
      services: services.map(({ name }) => name),
      standby,
      ...(certificates && { certificates }),
    });
  const [world, plane] = await Promise.all([begin(), openPlane(host, wiring, catalogs, measuredAlarms(host, catalog))]);
  const endpoint = await openEndpoint(host, plane, wiring);
  pointClientsAt(endpoint.url, wiring.place.region);
  progress('filling the slots with the first releases');
  await seedWorld(stateDir, access, services);
  await registerNames(stateDir, databases);
  progress('taking up runs and events');
  await plane.resumeRuns();
  endpoint.open();
  await plane.deliverEvents();
  const file = await register(stateDir, endpoint.url, world, wiring);
  endpoint.ready();
  progress(`ready in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  const missing = () => missingProcesses(stateDir);
  const keeper = keepWorld({ clock: realClock, missing, restart: begin, log: host.log.with({}) });
  const close = async () => {
    await keeper.stop();
    await plane.stop();
    endpoint.close();
    await plane.close();
    host[Symbol.dispose]();
  };
  return { file, close };
};

const measuredAlarms = ({ stateDir, access }: Host, { services, databases }: Catalog): MeasuredAlarm[] => [
  ...trafficAlarms(access.ports.signals, services),
  ...(databases.some(({ instance }) => instance === production)
    ? databaseAlarms(production, () => databaseLoad(stateDir, waitedSeconds))
    : []),
];

const openPlane = (
  { stateDir, access, log }: Host,
  wiring: Wiring,
  catalogs: ReturnType<typeof yamlCatalogs.create>,
  measured: readonly MeasuredAlarm[],
): Promise<ControlPlane> =>
  openControlPlane({
    stateDir,
    wiring,
    ports: { ...access.ports, catalogs, machines: machinesPort(wiring) },
    alarms: access.alarms,
    measured,
    removals: access.removals,
    logOf: (key) => log.with({ function: key }),
    log: log.with({}),
    eventRetryWaitsMs,
  });

const register = async (stateDir: string, endpoint: string, world: World, wiring: Wiring): Promise<TwinFile> => {
  const { processes } = await worldStatus(stateDir);
  const file: TwinFile = {
    pid: process.pid,
    endpoint,
    region: wiring.place.region,
    ...(processes.router !== undefined && { router: processes.router }),
    services: { ...world.addresses },
    machines: Object.fromEntries(wiring.machines.map(({ key, arn }) => [key, arn])),
    startedAt: new Date().toISOString(),
  };
  await writeDurably(serverPaths.registration(stateDir), file);
  return file;
};
