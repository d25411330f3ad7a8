import type { Sentinel } from '../../lib/contracts/content.ts';
import { fromMs, plusSeconds } from '../../lib/contracts/instant.ts';
import type { Slot } from '../../lib/contracts/names.ts';
import { createEngine, memoryJournal, VirtualClock } from '../../twin/engine/index.ts';
import { modelCatalog } from '../../twin/model/catalog.ts';
import { createModelWorld } from '../../twin/model/model-world.ts';
import { modelMachines } from '../../twin/model/ports/machines.ts';
import { behaviours } from '../../twin/model/world/behaviour.ts';
import { describeBackups } from '../contracts/backups.contract.ts';
import { describeCatalogs } from '../contracts/catalogs.contract.ts';
import { describeClock } from '../contracts/clock.contract.ts';
import { describeCluster } from '../contracts/cluster.contract.ts';
import { describeDamage, describeSentinels } from '../contracts/contents.contract.ts';
import { describeDatabases } from '../contracts/databases.contract.ts';
import { describeDrills } from '../contracts/drills.contract.ts';
import { describeEvidence } from '../contracts/evidence.contract.ts';
import { describeExports } from '../contracts/exports.contract.ts';
import { digestOf } from '../contracts/good.ts';
import { describeImages } from '../contracts/images.contract.ts';
import { describeIncidents } from '../contracts/incidents.contract.ts';
import { describeLeases } from '../contracts/leases.contract.ts';
import { describeLedger } from '../contracts/ledger.contract.ts';
import { describeMachines } from '../contracts/machines.contract.ts';
import { describeOutbox } from '../contracts/outbox.contract.ts';
import { describePager } from '../contracts/pager.contract.ts';
import { describePages } from '../contracts/pages.contract.ts';
import { describePods } from '../contracts/pods.contract.ts';
import { describeProbe } from '../contracts/probe.contract.ts';
import { describeReleases } from '../contracts/releases.contract.ts';
import { describeRemovals } from '../contracts/removals.contract.ts';
import { describeSignals } from '../contracts/signals.contract.ts';
import { describeSigner } from '../contracts/signer.contract.ts';
import { describeTraffic } from '../contracts/traffic.contract.ts';

const service = 'shop';
const machines = modelMachines(
  () => createEngine({ clock: new VirtualClock(), journal: memoryJournal(), invokeLambda: async () => noFunction }),
  (machine) => machine,
);
const noFunction = { ok: false, errorType: 'Lambda.ResourceNotFoundException', errorMessage: 'none' } as const;

/** A fresh world whose time the test moves by hand. */
const aWorld = () => {
  let nowMs = Date.parse('2026-05-01T10:00:00.000Z');
  const world = createModelWorld({ seed: 1, now: () => nowMs, catalog: modelCatalog(), machines });
  const pass = async (seconds: number) => {
    nowMs += seconds * 1000;
  };
  return { ...world, pass };
};
const portOf =
  <K extends keyof ReturnType<typeof aWorld>['ports']>(name: K) =>
  async () => ({
    port: aWorld().ports[name],
  });

describeBackups('model', portOf('backups'));
describeCatalogs('model', portOf('catalogs'));
describeClock('model', portOf('clock'));
describeDrills('model', portOf('drills'));
describeEvidence('model', portOf('evidence'));
describeIncidents('model', portOf('incidents'));
describeLeases('model', portOf('leases'));
describeLedger('model', portOf('ledger'));
describeOutbox('model', portOf('outbox'));
describePager('model', async () => {
  const { ports, called } = aWorld();
  return { port: ports.pager, state: async (key) => called.get(key)?.state };
});
describePages('model', async () => {
  const { ports, pages } = aWorld();
  return { port: ports.pages, read: async (name) => pages.get(name)?.content };
});
describeReleases('model', portOf('releases'));
describeRemovals('model', portOf('removals'));
describeSigner('model', portOf('signer'));
describeTraffic('model', async () => ({ port: aWorld().ports.traffic, service }));

describeDatabases('model', async () => {
  const { ports, instances, pass } = aWorld();
  const production = 'shop-db';
  const foreignSnapshot = async () => {
    instances.takeSnapshot(production, 'by-hand');
    await pass(300);
    return 'by-hand';
  };
  return { port: ports.databases, production, foreignSnapshot, settle: () => pass(300) };
});

describeExports('model', async () => {
  const { ports, exports, pass } = aWorld();
  return {
    port: ports.exports,
    production: 'shop-db',
    settle: () => pass(300),
    async breakOff() {
      exports.problem = 'no room is left';
    },
    lies: async (kind, backup) => exports.stored(kind, backup) !== undefined,
  };
});

/** What the suite does in SQL; what is read of tables, and rules in SQL, are the business of a real PostgreSQL. */
const rewrites: Record<string, (rows: readonly Sentinel[]) => readonly Sentinel[]> = {
  DELETE: (rows) => rows.filter(({ sequence }) => sequence !== 2),
  UPDATE: (rows) => rows.map((row) => (row.sequence === 2 ? { ...row, at: plusSeconds(row.at, 1) } : row)),
  INSERT: (rows) => [...rows, { sequence: 4, at: '2026-05-01T10:04:00.000Z', hash: 'made up' }],
};

const aContentWorld = async () => {
  const { ports, instances, pass } = aWorld();
  const production = 'shop-db';
  const held = instances.production.get(production);
  held?.leaveSentinelsTo(Number.NEGATIVE_INFINITY);
  let copies = 0;
  return {
    port: ports.contents,
    production,
    run: async (sql: string) => held?.rewriteSentinels(rewrites[sql.slice(0, 6)] ?? ((rows) => rows)),
    async copy() {
      copies += 1;
      const [as, backup] = [`evenkeel-drill-${copies}`, `b${copies}`];
      await ports.databases.takeSnapshot(production, backup, backup);
      await pass(300);
      const mark = { drill: `${copies}`, removeBy: '2099-01-01T00:00:00.000Z' };
      const source = { kind: 'snapshot', snapshot: backup, of: production } as const;
      await ports.databases.restore({ as, source, sizeClass: 'db.t4g.medium', mark });
      await pass(300);
      return as;
    },
  };
};
describeSentinels('model', aContentWorld);
describeDamage('model', aContentWorld);

describeImages('model', async () => {
  const { ports, publish } = aWorld();
  return { port: ports.images, service, push: async ({ digest, scan }) => publish(digest, behaviours.good, scan) };
});

describeCluster('model', async () => {
  const { ports, publish, pass } = aWorld();
  const [good, better, crashing] = [digestOf('a'), digestOf('b'), digestOf('c')];
  publish(good);
  publish(better);
  publish(crashing, behaviours.crashLoop);
  return { port: ports.cluster, service, good, better, crashing, settled: () => pass(24) };
});

describePods('model', async () => {
  const { ports, publish, pass } = aWorld();
  publish(digestOf('a'));
  return { port: ports.pods, cluster: ports.cluster, service, good: digestOf('a'), settled: () => pass(24) };
});

describeProbe('model', async () => {
  const { ports, publish, pass } = aWorld();
  const digests = { blue: digestOf('a'), green: digestOf('b') };
  const fill = (slot: Slot) => ports.cluster.fill(service, slot, { digest: digests[slot], replicas: 2 }, 1);
  for (const slot of ['blue', 'green'] as const) {
    publish(digests[slot]);
    await fill(slot);
  }
  await pass(24);
  return {
    port: ports.probe,
    service,
    path: '/health',
    digests,
    async sendAllTo(slot) {
      await ports.traffic.shift(service, slot === 'blue' ? { blue: 100, green: 0 } : { blue: 0, green: 100 }, 1);
      await pass(5);
    },
    fail: async (slot) => publish(digests[slot], behaviours.failingProbes(1)),
    stop: (slot) => ports.cluster.retire(service, slot, 1),
  };
});

describeSignals('model', async () => {
  const { ports, services, alarms } = aWorld();
  return {
    port: ports.signals,
    service,
    now: ports.clock.now,
    serve: async (slot, requests, failures) => services.get(service).served(slot, requests, failures),
    setAlarm: async (alarm) => void alarms.set(alarm.name, alarm),
  };
});

const oneWait = { QueryLanguage: 'JSONata', StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } };

describeMachines('model', async () => {
  const clock = new VirtualClock(Date.parse(fromMs(0)));
  const engine = createEngine({ clock, journal: memoryJournal(), invokeLambda: async () => noFunction });
  const { stateMachineArn } = await engine.createStateMachine('deployment', oneWait);
  return {
    port: modelMachines(
      () => engine,
      () => stateMachineArn,
    ),
    input: { service },
    otherInput: { service: 'other' },
    end: async (run) => void (await engine.stopExecution(run)),
  };
});
