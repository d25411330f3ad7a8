import type { Backups, Drills, Removals } from './backups.ts';
import type { Catalogs } from './catalogs.ts';
import type {
  CaaRecords,
  CertificateInventory,
  CertificateRecords,
  Handshakes,
  Renewals,
  TransparencyLogs,
} from './certificates.ts';
import type { Clock } from './clock.ts';
import type { Cluster } from './cluster.ts';
import type { Contents } from './contents.ts';
import type { Caches, DatabaseOperations, Sessions } from './data-tier.ts';
import type { Databases } from './databases.ts';
import type { Edge, Schedules } from './edge.ts';
import type { EvidenceVault, Signer } from './evidence.ts';
import type { Exports } from './exports.ts';
import type { Dns, Heartbeats, Witnesses, Writers } from './failover.ts';
import type { HealthSignals } from './health-signals.ts';
import type { Images } from './images.ts';
import type { Leases } from './leases.ts';
import type { Ledger } from './ledger.ts';
import type { Machines } from './machines.ts';
import type { Outbox } from './outbox.ts';
import type { Pager } from './pager.ts';
import type { Pages } from './pages.ts';
import type { Pods } from './pods.ts';
import type { Probe } from './probe.ts';
import type { Releases } from './releases.ts';
import type { Incidents } from './remediation.ts';
import type { Traffic } from './traffic.ts';

/** Everything a step may ask for. A step names the few it needs (`Needs`), and gets no others. */
export interface Ports {
  backups: Backups;
  caa: CaaRecords;
  caches: Caches;
  catalogs: Catalogs;
  certificates: CertificateRecords;
  clock: Clock;
  incidents: Incidents;
  cluster: Cluster;
  contents: Contents;
  databaseOperations: DatabaseOperations;
  databases: Databases;
  dns: Dns;
  drills: Drills;
  edge: Edge;
  evidence: EvidenceVault;
  exports: Exports;
  heartbeats: Heartbeats;
  handshakes: Handshakes;
  images: Images;
  inventory: CertificateInventory;
  leases: Leases;
  ledger: Ledger;
  machines: Machines;
  outbox: Outbox;
  pager: Pager;
  pages: Pages;
  pods: Pods;
  probe: Probe;
  releases: Releases;
  removals: Removals;
  renewals: Renewals;
  schedules: Schedules;
  sessions: Sessions;
  signals: HealthSignals;
  signer: Signer;
  traffic: Traffic;
  transparency: TransparencyLogs;
  witnesses: Witnesses;
  writers: Writers;
}

export type Needs<K extends keyof Ports> = Pick<Ports, K>;
