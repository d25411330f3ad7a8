import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CertificateSection } from '../../../lib/contracts/certificate-policy.ts';
import type { ServiceName } from '../../../lib/contracts/names.ts';
import { wantSites } from '../certificates/want.ts';
import { askerOf } from '../control/client.ts';
import { resumeWorks, stopWorks } from '../databases/resume.ts';
import { wantStandby } from '../databases/standby.ts';
import { startDatabase, stopDatabase } from '../postgres/postgres.ts';
import { writeDurably } from '../process/durable-file.ts';
import { endAll } from '../process/end.ts';
import { loopback } from '../process/http.ts';
import { markOf } from '../process/identity.ts';
import { paths } from '../process/paths.ts';
import type { RouterOperations } from '../router/operations.ts';
import { startDaemon, stopDaemon } from './daemons.ts';

const podEndsWithinMs = 2000;
/** PostgreSQL runs as another user and must be able to pass through the folder, not to read it. */
const passable = 0o711;

export type WorldOptions = {
  services: readonly ServiceName[];
  /** Without it no database is started, and the pods' `/items` answers 503. */
  database?: boolean;
  /** A copy of the database in the second region that follows it. It comes by itself, after the world is there. */
  standby?: boolean;
  /** Whose endpoints are served with certificates of the twin's own authority. */
  certificates?: CertificateSection;
};

/** A running world: `addresses` are the public base URLs of its services. */
export type World = { stateDir: string; addresses: Readonly<Record<ServiceName, string>> };

export const addressOf = (port: number): string => `http://${loopback}:${port}`;

/**
 * Starts what does not run yet, each as a process of its own that outlives the caller, and finds what does. Everything
 * listens on loopback, on ports that stay the same over restarts. Errors: `DependencyUnavailable`.
 */
export const startWorld = async (folder: string, options: WorldOptions): Promise<World> => {
  const stateDir = resolve(folder);
  await mkdir(stateDir, { recursive: true, mode: passable });
  await rm(paths.stopped(stateDir), { force: true });
  await Promise.all([
    startDaemon(stateDir, 'router').then(() => startDaemon(stateDir, 'node')),
    options.database === false ? undefined : startDatabases(stateDir, options),
    options.certificates && startCertificates(stateDir, options.certificates),
  ]);
  const ask = askerOf<RouterOperations>(stateDir, 'router');
  const serve = async (service: ServiceName) => [service, addressOf((await ask('serve', { service })).port)] as const;
  return { stateDir, addresses: Object.fromEntries(await Promise.all(options.services.map(serve))) };
};

const startCertificates = async (stateDir: string, section: CertificateSection): Promise<void> => {
  await wantSites(stateDir, section);
  await startDaemon(stateDir, 'tls');
};

const startDatabases = async (stateDir: string, { standby }: WorldOptions): Promise<void> => {
  await startDatabase(stateDir);
  if (standby) await wantStandby(stateDir);
  await resumeWorks(stateDir);
};

/**
 * Ends exactly the processes of this world, the supervisor before what it would restart, also those that are just
 * starting: nothing writes into the folder once this has ended. The state stays.
 */
export const stopWorld = async (folder: string): Promise<void> => {
  const stateDir = resolve(folder);
  await writeDurably(paths.stopped(stateDir), { stopped: true });
  await stopDaemon(stateDir, 'node');
  await stopDaemon(stateDir, 'router');
  await stopDaemon(stateDir, 'second');
  await stopDaemon(stateDir, 'tls');
  await stopDaemon(stateDir, 'pager');
  await Promise.all([endAll(markOf(stateDir, 'pod'), podEndsWithinMs), stopWorks(stateDir), stopDatabase(stateDir)]);
};
