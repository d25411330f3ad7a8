import type { Backup, BackupId } from '../../lib/contracts/backup.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import type { Drill, DrillId } from '../../lib/contracts/drill.ts';
import type { Image } from '../../lib/contracts/image.ts';
import { fromMs } from '../../lib/contracts/instant.ts';
import type { Lease } from '../../lib/contracts/lease.ts';
import type { Message } from '../../lib/contracts/message.ts';
import { type Digest, releaseIdOf, type ServiceName } from '../../lib/contracts/names.ts';
import type { Ports } from '../../lib/ports/index.ts';
import type { Machines } from '../../lib/ports/machines.ts';
import type { Page } from '../../lib/ports/pages.ts';
import { type ModelCertificates, modelCertificateWorld } from './certificates/index.ts';
import { Changes } from './changes.ts';
import { type ModelFailover, modelFailover } from './failover/index.ts';
import { modelBackups } from './ports/backups.ts';
import { modelCluster } from './ports/cluster.ts';
import { modelContents } from './ports/contents.ts';
import { modelCaches, modelDatabaseOperations, modelSessions } from './ports/data-tier.ts';
import { modelDatabases } from './ports/databases.ts';
import { modelDrills } from './ports/drills.ts';
import { EdgeWorld, modelEdge, modelSchedules } from './ports/edge.ts';
import { modelEvidence, type Vault } from './ports/evidence.ts';
import { modelExports } from './ports/exports.ts';
import { type Alarms, modelSignals } from './ports/health-signals.ts';
import { modelImages } from './ports/images.ts';
import { emptyIncidents, type IncidentRecords, modelIncidents } from './ports/incidents.ts';
import { modelLeases } from './ports/leases.ts';
import { type Chains, modelLedger } from './ports/ledger.ts';
import { modelOutbox } from './ports/outbox.ts';
import { type Called, modelPager } from './ports/pager.ts';
import { modelPages } from './ports/pages.ts';
import { modelProbe } from './ports/probe.ts';
import { emptyRecords, modelReleases, type ReleaseRecords } from './ports/releases.ts';
import { modelRemovals, type SetAlarm } from './ports/removals.ts';
import { modelSigner } from './ports/signer.ts';
import { modelTraffic } from './ports/traffic.ts';
import { seededRandom } from './random.ts';
import { type Behaviour, behaviours } from './world/behaviour.ts';
import { DataTier } from './world/data-tier.ts';
import { Instances } from './world/instances.ts';
import { Services } from './world/services.ts';
import { StoredExports } from './world/stored-exports.ts';

export interface ModelWorldOptions {
  readonly seed: number;
  /** Epoch milliseconds of the world's time. */
  readonly now: () => number;
  readonly catalog: Catalog;
  readonly machines: Machines;
  /** Sets off a drill's one-shot removal at its moment. Without it nothing is ever set off. */
  readonly setAlarm?: SetAlarm;
}

/** What steps can ask of the model. A failover is not played on it. */
export type ModelPorts = Omit<Ports, 'dns' | 'heartbeats' | 'witnesses' | 'writers'>;

/** What a test or an explorer may look at and set, beside what the control plane sees through its ports. */
export interface ModelWorld {
  readonly ports: Ports;
  readonly catalog: Catalog;
  readonly services: Services;
  readonly instances: Instances;
  /** Distributions, and schedules that can be paused. */
  readonly edge: EdgeWorld;
  /** What acts of remediation find wrong with databases and caches. */
  readonly dataTier: DataTier;
  /** What lies where exports are kept. */
  readonly exports: StoredExports;
  /** Second regions: names, replicas, and what of the old regions answers. */
  readonly failover: Pick<ModelFailover, 'regions' | 'names'>;
  /** Certificates, who holds and who serves them, and what the check knows of them. */
  readonly certificates: Pick<ModelCertificates, 'world' | 'states'>;
  readonly changes: Changes;
  readonly incidents: IncidentRecords;
  readonly alarms: Alarms;
  readonly leases: ReadonlyMap<string, Lease>;
  readonly ledger: Chains;
  readonly messages: ReadonlyMap<string, Message>;
  /** Who was called, by key. */
  readonly called: ReadonlyMap<string, Called>;
  /** What anybody may read, by name. */
  readonly pages: ReadonlyMap<string, Page>;
  readonly records: ReleaseRecords;
  readonly backups: Map<BackupId, Backup>;
  readonly drills: Map<DrillId, Drill>;
  readonly evidence: Vault;
  /** Puts an image into the registry: what its scan found, and what it does once it runs. */
  publish(digest: Digest, behaviour?: Behaviour, scan?: Image['scan']): void;
  /** What runs before the story begins: live in slot blue, with all traffic. */
  adopt(service: ServiceName, digest: Digest, replicas: number): void;
}

const cleanScan: Image['scan'] = { status: 'complete', critical: 0, high: 0 };

/** Every port in memory and in virtual time; the same seed and the same calls give the same world. */
export const createModelWorld = (options: ModelWorldOptions): ModelWorld => {
  const { seed, now, catalog } = options;
  const registry = new Map<Digest, Image>();
  const behaviourByDigest = new Map<Digest, Behaviour>();
  const behaviourOf = (digest: Digest) => behaviourByDigest.get(digest) ?? behaviours.crashLoop;
  const services = new Services(catalog, { seed, now, behaviourOf });
  const state = stateOf(catalog, now);
  const instances = new Instances({ now, random: seededRandom(seed + 1000), production: productionOf(catalog) });
  const { changes, records } = state;
  const exports = new StoredExports({ now, random: seededRandom(seed + 2000) });
  const recovery = recoveryPorts(options, { instances, exports }, state);
  const failover = modelFailover({ catalog, seed, now, changes, ...recovery });
  const certificates = modelCertificateWorld(now, changes);
  const edge = new EdgeWorld();
  const dataTier = new DataTier(catalog.databases);
  return {
    ...state,
    catalog,
    services,
    instances,
    dataTier,
    edge,
    exports,
    failover,
    certificates,
    ports: {
      caches: modelCaches(dataTier, changes, now),
      catalogs: { current: async () => catalog },
      clock: { now: () => fromMs(now()) },
      ...modelCluster(services, changes),
      edge: modelEdge(edge, changes),
      schedules: modelSchedules(edge, changes),
      databaseOperations: modelDatabaseOperations(dataTier, changes, now),
      incidents: modelIncidents(state.incidents),
      images: modelImages(registry),
      leases: modelLeases(state.leases),
      ledger: modelLedger(state.ledger),
      machines: options.machines,
      outbox: modelOutbox(state.messages),
      pager: modelPager(state.called),
      pages: modelPages(state.pages),
      probe: modelProbe(services),
      releases: modelReleases(records, changes),
      sessions: modelSessions(dataTier, changes),
      signals: modelSignals(services, state.alarms),
      traffic: modelTraffic(services, changes),
      ...recovery,
      ...failover.ports,
      ...certificates.ports,
    },
    publish(digest, behaviour = behaviours.good, scan = cleanScan) {
      registry.set(digest, { digest, scan });
      behaviourByDigest.set(digest, behaviour);
    },
    adopt(service, digest, replicas) {
      services.get(service).adopt('blue', digest, replicas);
      const target = { releaseId: releaseIdOf(service, 'adopted'), slot: 'blue', digest } as const;
      const at = fromMs(now());
      records.live.set(service, { ...target, since: at });
      const release = { ...target, service, requestedBy: 'model', status: 'promoted', plannedAt: at } as const;
      records.byId.set(target.releaseId, { ...release, endedAt: at, undo: target, run: 'adopted' });
    },
  };
};

const productionOf = ({ databases }: Catalog) => databases.map(({ instance }) => instance);

const recoveryPorts = (
  { now, setAlarm = () => () => {} }: ModelWorldOptions,
  { instances, exports }: Pick<ModelWorld, 'instances' | 'exports'>,
  { changes, backups, drills, evidence }: ReturnType<typeof stateOf>,
) => ({
  backups: modelBackups(backups),
  contents: modelContents(instances, changes, now),
  databases: modelDatabases(instances, changes, now),
  drills: modelDrills(drills),
  evidence: modelEvidence(evidence),
  exports: modelExports(exports, instances, changes),
  removals: modelRemovals(setAlarm, changes, now),
  signer: modelSigner(),
});

const stateOf = ({ services }: Catalog, now: () => number) => ({
  changes: new Changes(now),
  incidents: emptyIncidents(),
  alarms: quietAlarms(services.flatMap(({ alarms }) => alarms)),
  leases: new Map<string, Lease>(),
  ledger: new Map() as Chains,
  messages: new Map<string, Message>(),
  called: new Map<string, Called>(),
  pages: new Map<string, Page>(),
  records: emptyRecords(),
  backups: new Map<BackupId, Backup>(),
  drills: new Map<DrillId, Drill>(),
  evidence: new Map() as Vault,
});

const quietAlarms = (names: readonly string[]): Alarms =>
  new Map(names.map((name) => [name, { name, state: 'ok', acts: true }]));
