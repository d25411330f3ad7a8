import { resolve } from 'node:path';
import { contentsOver } from '../../../lib/adapters/postgres/contents-over.ts';
import { sessionsOver } from '../../../lib/adapters/postgres/sessions-over.ts';
import { systemClock } from '../../../lib/adapters/system/clock.ts';
import { assertWeights } from '../../../lib/domain/traffic/weights.ts';
import type { Clock } from '../../../lib/ports/clock.ts';
import type { Cluster } from '../../../lib/ports/cluster.ts';
import type { HealthSignals } from '../../../lib/ports/health-signals.ts';
import type { Ports } from '../../../lib/ports/index.ts';
import type { Pods } from '../../../lib/ports/pods.ts';
import type { Traffic } from '../../../lib/ports/traffic.ts';
import { liveCertificatePorts } from '../certificates/ports.ts';
import type { NodeOperations } from '../cluster/operations.ts';
import { type Ask, askerOf } from '../control/client.ts';
import { liveDatabases } from '../databases/databases.ts';
import { liveLogins } from '../databases/login.ts';
import { liveCaches, liveOperations } from '../databases/operations.ts';
import { storedWorks, type Works } from '../databases/works.ts';
import { liveEdge, liveSchedules } from '../edge/edge.ts';
import { fileSigner } from '../evidence/signer.ts';
import { fileVault } from '../evidence/vault.ts';
import { liveExports } from '../exports/exports.ts';
import { findImage } from '../images/registry.ts';
import { livePager } from '../pager/pager.ts';
import { livePages } from '../pages/pages.ts';
import type { RouterOperations } from '../router/operations.ts';
import { liveDns } from '../second-region/dns.ts';
import { liveHeartbeats } from '../second-region/heartbeats.ts';
import { liveWitnesses } from '../second-region/witnesses.ts';
import { liveWriters } from '../second-region/writers.ts';
import { type Alarms, storedAlarms } from '../store/alarms.ts';
import { storedBackups } from '../store/backups.ts';
import { storedCertificates } from '../store/certificates.ts';
import { openStore, type Store } from '../store/database.ts';
import { storedDrills } from '../store/drills.ts';
import { storedIncidents } from '../store/incidents.ts';
import { storedLeases } from '../store/leases.ts';
import { storedLedger } from '../store/ledger.ts';
import { storedOutbox } from '../store/outbox.ts';
import { storedReleases } from '../store/releases.ts';
import { type Schedule, storedRemovals } from '../store/removals.ts';
import { liveProbe } from './probe.ts';

/** The ports over a world's processes and files. Which machines run and which catalog holds is not the world's matter. */
export type LivePorts = Omit<Ports, 'machines' | 'catalogs'>;

/** A process's way into a world. Any number of processes may have one at the same time. */
export type LiveAccess = { ports: LivePorts; alarms: Alarms; removals: Schedule; close(): void };

/** Works whether or not the world runs: what needs a process says `DependencyUnavailable` until it does. */
export const openLivePorts = (folder: string): LiveAccess => {
  const stateDir = resolve(folder);
  const store = openStore(stateDir);
  const router = askerOf<RouterOperations>(stateDir, 'router');
  const node = askerOf<NodeOperations>(stateDir, 'node');
  const alarms = storedAlarms(store);
  const removals = storedRemovals(store);
  const clock = systemClock.create({});
  const works = storedWorks(store);
  const ports: LivePorts = {
    ...storedPorts(store),
    ...recoveryPorts(stateDir, works, clock),
    ...liveCertificatePorts(stateDir),
    dns: liveDns(stateDir, router),
    heartbeats: liveHeartbeats(stateDir, node, clock),
    witnesses: liveWitnesses({ stateDir, router, node }),
    ...dataTierPorts(stateDir, works),
    clock,
    cluster: liveCluster(node),
    images: { find: (service, digest) => findImage(stateDir, service, digest) },
    pager: livePager(stateDir),
    pages: livePages(stateDir),
    pods: livePods(node),
    probe: liveProbe(router, node),
    removals,
    signals: liveSignals(router, alarms),
    traffic: liveTraffic(router),
  };
  return { ports, alarms, removals, close: store.close };
};

const recoveryPorts = (stateDir: string, works: Works, clock: Clock) => ({
  contents: contentsOver(liveLogins(stateDir, works)),
  databases: liveDatabases(stateDir, works, clock.now),
  evidence: fileVault(stateDir),
  exports: liveExports(stateDir, works, clock.now),
  signer: fileSigner(stateDir),
});

const dataTierPorts = (stateDir: string, works: Works) => {
  const writers = liveWriters(stateDir, works);
  return {
    writers,
    caches: liveCaches,
    edge: liveEdge,
    schedules: liveSchedules,
    databaseOperations: liveOperations(stateDir, writers),
    sessions: sessionsOver(liveLogins(stateDir, works)),
  };
};

const storedPorts = (store: Store) => ({
  backups: storedBackups(store),
  certificates: storedCertificates(store),
  drills: storedDrills(store),
  incidents: storedIncidents(store),
  leases: storedLeases(store),
  ledger: storedLedger(store),
  outbox: storedOutbox(store),
  releases: storedReleases(store),
});

const liveCluster = (node: Ask<NodeOperations>): Cluster => ({
  slot: (service, slot) => node('slot', { service, slot }),
  fill: (service, slot, to, token) => node('fill', { service, slot, ...to, token }),
  pinFloor: (service, slot, replicas, token) => node('pinFloor', { service, slot, replicas, token }),
  restart: (service, slot, at, token) => node('restart', { service, slot, at, token }),
  scaleUp: (service, slot, to, at, token) => node('scaleUp', { service, slot, ...to, at, token }),
  retire: (service, slot, token) => node('retire', { service, slot, token }),
});

const livePods = (node: Ask<NodeOperations>): Pods => ({
  of: (service, slot) => node('seenPods', { service, slot }),
  recycle: (service, slot, pod, token) => node('recycle', { service, slot, pod, token }),
});

const liveTraffic = (router: Ask<RouterOperations>): Traffic => ({
  weights: async (service) => (await router('route', { service })).weights,
  async shift(service, weights, token) {
    assertWeights(weights);
    await router('shift', { service, weights, token });
  },
});

const liveSignals = (router: Ask<RouterOperations>, alarms: Alarms): HealthSignals => ({
  buckets: (service, from, to) => router('buckets', { service, from, to }),
  alarms: async (names) => alarms.find(names),
});
