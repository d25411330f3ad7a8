import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ServiceName, Slot } from '../../../lib/contracts/names.ts';
import type { Weights } from '../../../lib/contracts/routing.ts';
import type { SlotState } from '../../../lib/contracts/slot-state.ts';
import type { NodeOperations } from '../cluster/operations.ts';
import { askerOf } from '../control/client.ts';
import { runningProcess } from '../control/registration.ts';
import { drillProcesses, missingServers } from '../databases/resume.ts';
import { serverPid } from '../databases/server.ts';
import { databasePid } from '../postgres/postgres.ts';
import { paths } from '../process/paths.ts';
import type { RouterOperations } from '../router/operations.ts';
import { addressOf } from './world.ts';

/** Process ids of what runs, and what each service is doing; without a router or node nothing can be said of services. */
export type WorldStatus = {
  stateDir: string;
  processes: { router?: number; node?: number; postgres?: number; tls?: number };
  /** Process ids of the servers of drills, by instance. */
  drills: Record<string, number>;
  /** Process id of the copy in the second region, if it runs. */
  standby?: number;
  services: { service: ServiceName; address: string; weights: Weights; slots: Record<Slot, SlotState> }[];
};

export const worldStatus = async (folder: string): Promise<WorldStatus> => {
  const stateDir = resolve(folder);
  const processes = await processesOf(stateDir);
  const { router, node } = processes;
  const drills = await drillProcesses(stateDir);
  const standby = await serverPid(join(paths.standby(stateDir), 'data'));
  return {
    stateDir,
    processes,
    drills,
    ...(standby && { standby }),
    services: router && node ? await servicesOf(stateDir) : [],
  };
};

/** What should run of a world and does not; nothing, once it was stopped. */
export const missingProcesses = async (folder: string): Promise<string[]> => {
  const stateDir = resolve(folder);
  if (existsSync(paths.stopped(stateDir))) return [];
  const processes = await processesOf(stateDir);
  const wanted = ['router', 'node', 'postgres', ...(servesCertificates(stateDir) ? (['tls'] as const) : [])] as const;
  const missing = wanted.filter((name) => processes[name] === undefined);
  return [...missing, ...(await missingServers(stateDir))];
};

/** A world whose catalog names no endpoints has nothing to serve. */
const servesCertificates = (stateDir: string): boolean => existsSync(paths.certificates(stateDir, 'sites.json'));

const processesOf = async (stateDir: string): Promise<WorldStatus['processes']> => {
  const [router, node, postgres, tls] = await Promise.all([
    runningProcess(stateDir, 'router'),
    runningProcess(stateDir, 'node'),
    databasePid(stateDir),
    runningProcess(stateDir, 'tls'),
  ]);
  return {
    ...(router && { router: router.pid }),
    ...(node && { node: node.pid }),
    ...(postgres !== undefined && { postgres }),
    ...(tls && { tls: tls.pid }),
  };
};

const servicesOf = async (stateDir: string): Promise<WorldStatus['services']> => {
  const routes = await askerOf<RouterOperations>(stateDir, 'router')('routes', {});
  const node = askerOf<NodeOperations>(stateDir, 'node');
  const stateOf = async (service: ServiceName, { port, weights }: { port: number; weights: Weights }) => {
    const [blue, green] = await Promise.all([
      node('slot', { service, slot: 'blue' }),
      node('slot', { service, slot: 'green' }),
    ]);
    return { service, address: addressOf(port), weights, slots: { blue, green } };
  };
  return Promise.all(Object.entries(routes).map(([service, route]) => stateOf(service, route)));
};
