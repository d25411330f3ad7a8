import type { Catalog } from '../../lib/contracts/catalog.ts';
import type { Image } from '../../lib/contracts/image.ts';
import { fromMs } from '../../lib/contracts/instant.ts';
import type { Lease } from '../../lib/contracts/lease.ts';
import type { Message } from '../../lib/contracts/message.ts';
import { type Digest, releaseIdOf, type ServiceName } from '../../lib/contracts/names.ts';
import type { Ports } from '../../lib/ports/index.ts';
import type { Machines } from '../../lib/ports/machines.ts';
import { Changes } from './changes.ts';
import { modelCluster } from './ports/cluster.ts';
import { type Alarms, modelSignals } from './ports/health-signals.ts';
import { modelImages } from './ports/images.ts';
import { modelLeases } from './ports/leases.ts';
import { type Chains, modelLedger } from './ports/ledger.ts';
import { modelOutbox } from './ports/outbox.ts';
import { modelProbe } from './ports/probe.ts';
import { emptyRecords, modelReleases, type ReleaseRecords } from './ports/releases.ts';
import { modelTraffic } from './ports/traffic.ts';
import { type Behaviour, behaviours } from './world/behaviour.ts';
import { Services } from './world/services.ts';

export interface ModelWorldOptions {
  readonly seed: number;
  /** Epoch milliseconds of the world's time. */
  readonly now: () => number;
  readonly catalog: Catalog;
  readonly machines: Machines;
}

/** What a test or an explorer may look at and set, beside what the control plane sees through its ports. */
export interface ModelWorld {
  readonly ports: Ports;
  readonly services: Services;
  readonly changes: Changes;
  readonly alarms: Alarms;
  readonly leases: ReadonlyMap<string, Lease>;
  readonly ledger: Chains;
  readonly messages: ReadonlyMap<string, Message>;
  readonly records: ReleaseRecords;
  /** Puts an image into the registry: what its scan found, and what it does once it runs. */
  publish(digest: Digest, behaviour?: Behaviour, scan?: Image['scan']): void;
  /** What runs before the story begins: live in slot blue, with all traffic. */
  adopt(service: ServiceName, digest: Digest, replicas: number): void;
}

const cleanScan: Image['scan'] = { status: 'complete', critical: 0, high: 0 };

/** Every port in memory and in virtual time; the same seed and the same calls give the same world. */
export const createModelWorld = ({ seed, now, catalog, machines }: ModelWorldOptions): ModelWorld => {
  const registry = new Map<Digest, Image>();
  const behaviourByDigest = new Map<Digest, Behaviour>();
  const behaviourOf = (digest: Digest) => behaviourByDigest.get(digest) ?? behaviours.crashLoop;
  const services = new Services(catalog, { seed, now, behaviourOf });
  const state = stateOf(catalog, now);
  const { changes, records } = state;
  return {
    ...state,
    services,
    ports: {
      catalogs: { current: async () => catalog },
      clock: { now: () => fromMs(now()) },
      cluster: modelCluster(services, changes),
      images: modelImages(registry),
      leases: modelLeases(state.leases),
      ledger: modelLedger(state.ledger),
      machines,
      outbox: modelOutbox(state.messages),
      probe: modelProbe(services),
      releases: modelReleases(records, changes),
      signals: modelSignals(services, state.alarms),
      traffic: modelTraffic(services, changes),
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

const stateOf = ({ services }: Catalog, now: () => number) => ({
  changes: new Changes(now),
  alarms: quietAlarms(services.flatMap(({ alarms }) => alarms)),
  leases: new Map<string, Lease>(),
  ledger: new Map() as Chains,
  messages: new Map<string, Message>(),
  records: emptyRecords(),
});

const quietAlarms = (names: readonly string[]): Alarms =>
  new Map(names.map((name) => [name, { name, state: 'ok', acts: true }]));
