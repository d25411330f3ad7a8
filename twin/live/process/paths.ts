import { join } from 'node:path';
import type { Digest, ServiceName } from '../../../lib/contracts/names.ts';

/** The long-running processes of a world that speak our control protocol. */
export type Role = 'router' | 'node' | 'second' | 'tls' | 'pager';

/** Where everything lies in a world's state folder. One table, so that no two parts disagree. */
export const paths = {
  registration: (stateDir: string, role: Role) => join(stateDir, 'run', `${role}.json`),
  lock: (stateDir: string, name: string) => join(stateDir, 'run', `${name}.lock`),
  /** There while the world is meant to be stopped: a process that was still starting then ends itself. */
  stopped: (stateDir: string) => join(stateDir, 'run', 'stopped.json'),
  log: (stateDir: string, name: string) => join(stateDir, 'logs', `${name}.log`),
  routes: (stateDir: string) => join(stateDir, 'router', 'routes.json'),
  buckets: (stateDir: string, service: ServiceName) => join(stateDir, 'router', `${service}.buckets.jsonl`),
  wishes: (stateDir: string) => join(stateDir, 'cluster', 'wishes.json'),
  pods: (stateDir: string) => join(stateDir, 'cluster', 'pods'),
  pod: (stateDir: string, pod: string) => join(stateDir, 'cluster', 'pods', `${pod}.json`),
  images: (stateDir: string, service: ServiceName) => join(stateDir, 'images', service),
  image: (stateDir: string, service: ServiceName, digest: Digest) =>
    join(stateDir, 'images', service, `${digest.slice('sha256:'.length)}.json`),
  scan: (stateDir: string, service: ServiceName, digest: Digest) =>
    join(stateDir, 'images', service, `${digest.slice('sha256:'.length)}.scan.json`),
  store: (stateDir: string) => join(stateDir, 'control-plane.db'),
  database: (stateDir: string) => join(stateDir, 'postgres', 'data'),
  walArchive: (stateDir: string) => join(stateDir, 'postgres', 'wal-archive'),
  databaseAddress: (stateDir: string) => join(stateDir, 'postgres', 'address.json'),
  /** Up to when every commit is in the archive. */
  archivedUntil: (stateDir: string) => join(stateDir, 'postgres', 'archived-until.json'),
  snapshot: (stateDir: string, id: string) => join(stateDir, 'postgres', 'snapshots', id),
  snapshotCopy: (stateDir: string, id: string) => join(stateDir, 'second-region', 'snapshots', id),
  names: (stateDir: string) => join(stateDir, 'second-region', 'names.json'),
  standby: (stateDir: string) => join(stateDir, 'second-region', 'postgres'),
  drills: (stateDir: string) => join(stateDir, 'postgres', 'drills'),
  drill: (stateDir: string, id: string) => join(stateDir, 'postgres', 'drills', id),
  work: (stateDir: string, kind: string, id: string) => join(stateDir, 'run', 'work', `${kind}-${id}.json`),
  evidence: (stateDir: string, database: string) => join(stateDir, 'evidence', database),
  exported: (stateDir: string, kind: string, backup: string) => join(stateDir, 'exports', kind, `${backup}.sealed`),
  exportKey: (stateDir: string) => join(stateDir, 'export-key', 'key'),
  /** As the control plane last started with it. */
  catalog: (stateDir: string) => join(stateDir, 'catalog.json'),
  /** The twin's authority, its log of certificate transparency, and what is served where. */
  certificates: (stateDir: string, name: string) => join(stateDir, 'certificates', name),
  /** What anybody may read. */
  pages: (stateDir: string) => join(stateDir, 'pages'),
  signingKey: (stateDir: string) => join(stateDir, 'evidence-key', 'private.pem'),
} as const;
