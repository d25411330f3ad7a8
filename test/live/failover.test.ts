import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { readEvidence } from '../../cli/operations/evidence.ts';
import { toldOf } from '../../lib/contracts/evidence.ts';
import type { FailoverMode, FailoverOutcome } from '../../lib/contracts/failover.ts';
import { databaseLeaseOf } from '../../lib/contracts/lease.ts';
import { standby } from '../../twin/live/databases/standby.ts';
import {
  type LiveAccess,
  openLivePorts,
  pushSamples,
  registerNames,
  startWorld,
  stopWorld,
} from '../../twin/live/index.ts';
import { stopDatabase } from '../../twin/live/postgres/postgres.ts';
import { until } from '../../twin/live/process/until.ts';
import { readZone } from '../../twin/live/second-region/names.ts';
import { stopDaemon } from '../../twin/live/world/daemons.ts';
import {
  describeDns,
  describeHeartbeats,
  describeRequests,
  describeWitnesses,
  describeWriters,
} from '../contracts/failover.contract.ts';
import { aDatabase, aFailoverPolicy, aRecoveryPolicy } from '../domain/failover/builders.ts';
import { aCatalog } from '../support/builders.ts';
import { newFolder } from './support/folder.ts';
import { runOnEngine } from './support/machines.ts';

/* Real servers: a PostgreSQL, a copy that follows it, pods behind a router, and the door of the second region. */

jest.setTimeout(120_000);

const service = 'shop';
const production = 'twin';
const soonMs = 45_000;
const name = { record: 'shop.example.com', path: '/items' };
const database = aDatabase({
  instance: production,
  failover: aFailoverPolicy({
    replica: standby,
    path: name.path,
    deadlines: { fenceSeconds: 20, writableSeconds: 60, podsSeconds: 30, requestsSeconds: 60 },
  }),
});
type World = LiveAccess & { folder: string };
const worlds: World[] = [];

const newWorld = async ({ second = true } = {}): Promise<World> => {
  const folder = await newFolder();
  await startWorld(folder, { services: [service], standby: second });
  await registerNames(folder, [database]);
  const world = { ...openLivePorts(folder), folder };
  worlds.push(world);
  const { 'good-1': digest } = await pushSamples(folder, service);
  const { cluster, databases } = world.ports;
  await cluster.fill(service, 'blue', { digest, replicas: 1 }, 1);
  await until('a pod', soonMs, async () => (await cluster.slot(service, 'blue')).ready === 1);
  if (second)
    await until('a copy that follows', soonMs, async () => (await databases.find(standby))?.status === 'available');
  return world;
};
afterEach(async () => {
  for (const { folder, close } of worlds.splice(0)) {
    close();
    await stopWorld(folder);
    await rm(folder, { recursive: true, force: true });
  }
});

/** Names are a file: moving them needs no process. */
const namesOnly = async (): Promise<World> => {
  const folder = await newFolder();
  await registerNames(folder, [database]);
  const world = { ...openLivePorts(folder), folder };
  worlds.push(world);
  return world;
};

/** Router, pods and database of the first region. */
const loseRegion = async ({ folder }: World): Promise<void> => {
  await stopDaemon(folder, 'node');
  await stopDaemon(folder, 'router');
  await stopDatabase(folder);
};

describe('names', () => {
  describeDns('live', async () => ({ port: (await namesOnly()).ports.dns, ...name }));
  describeRequests('live', async () => {
    const world = await newWorld();
    return { port: world.ports.dns, ...name, settled: async () => {}, lose: () => loseRegion(world) };
  });
});

describeWitnesses('live', async () => {
  const world = await newWorld({ second: false });
  return { port: world.ports.witnesses, database: database.name, lose: () => loseRegion(world) };
});

describeHeartbeats('live', async () => {
  const { folder, ports } = await newWorld({ second: false });
  return {
    port: ports.heartbeats,
    database: database.name,
    services: [service],
    heard: async () => (await readZone(folder)).heartbeats[database.name]?.healthyTargets,
    async sicken() {
      await ports.cluster.retire(service, 'blue', 2);
      await until('the end of its pods', soonMs, async () => (await ports.cluster.slot(service, 'blue')).ready === 0);
    },
  };
});

describeWriters('live', async () => {
  const world = await newWorld();
  const { writers } = world.ports;
  const settled = async () => {
    await until('the end of a promotion', soonMs, async () => (await writers.state(standby)) !== 'silent');
  };
  return { port: writers, old: production, replica: standby, settled, loseOld: () => loseRegion(world) };
});

/** In the lost region; the second one runs no pods here. */
const catalog = aCatalog({
  recovery: { standard: aRecoveryPolicy() },
  databases: [{ ...database, services: [] }],
});
const failOver = async ({ ports }: World, mode: FailoverMode) => {
  const wish = { database: database.name, mode, requestedBy: 'alice', requestId: 'f1', reason: 'a test' };
  const run = await runOnEngine(ports, catalog, 'failover', `failover-${database.name}-f1`, wish);
  const facts = await ports.ledger.read(database.name, 0, 100);
  const outcome = facts.find(({ kind }) => kind === 'ended')?.data.outcome as FailoverOutcome;
  return { status: run.status, error: run.error, facts: facts.map(({ kind }) => kind), outcome };
};
/** What an auditor is told, from a chain whose every hash and signature is verified. */
const evidenceIn = async ({ ports }: World) => {
  const { chain, problems } = await readEvidence(ports, database.name);
  expect(problems).toEqual([]);
  return chain;
};
const itemsOf = async (world: World, weightedTo: string) =>
  (await world.ports.dns.request(weightedTo, 3, name.path)).map(({ ok, side }) => ({ ok, side }));

test('a region that is lost: its copy is promoted, the name moves, and both figures are measured', async () => {
  const world = await newWorld();
  const { contents, clock, writers, leases } = world.ports;
  const sentinel = await contents.writeSentinel(production, clock.now());
  await until('the sentinel in the copy', soonMs, async () => (await contents.sentinels(standby)).count === 1);
  await loseRegion(world);
  const { status, outcome, facts } = await failOver(world, 'real');
  expect({ status, reason: outcome.reason }).toMatchObject({ status: 'SUCCEEDED' });
  expect(facts).toEqual(
    expect.arrayContaining(['witnesses-heard', 'writer-fenced', 'replica-promoted', 'names-moved']),
  );
  expect(outcome.status).toBe('moved');
  expect(outcome.rtoSeconds).toBeGreaterThan(0);
  expect(outcome.rpoSeconds).toBeGreaterThanOrEqual(0);
  expect(outcome.failBack[0]).toContain('was not fenced');
  expect(await writers.state(standby)).toBe('writes');
  expect((await contents.sentinels(standby)).newest?.sequence).toBeGreaterThanOrEqual(sentinel.sequence);
  expect(await itemsOf(world, name.record)).toEqual(Array.from({ length: 3 }, () => ({ ok: true, side: 'second' })));
  expect(await leases.current(databaseLeaseOf(database.name))).toBeUndefined();
  const [evidence] = await evidenceIn(world);
  expect(evidence?.failover).toMatchObject({ name: 'failover-shop-db-f1', plan: { replica: standby }, outcome });
});

test('a region that lives: nothing is touched', async () => {
  const world = await newWorld();
  const { status, error, outcome } = await failOver(world, 'real');
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'FailoverFailed' });
  expect(outcome).toMatchObject({ status: 'refused', reason: expect.stringContaining('RegionNotLost') });
  const { writers, dns } = world.ports;
  expect(await writers.state(production)).toBe('writes');
  expect(await writers.state(standby)).toBe('refuses');
  expect(await dns.weights(name.record)).toEqual({ primary: 100, second: 0 });
  const [evidence] = await evidenceIn(world);
  expect(evidence?.failover).toMatchObject({ wish: { reason: 'a test' }, plan: null, outcome });
});

test('a drill: a copy takes writes behind the name of the drill, is seen to be gone, and production is as it was', async () => {
  const world = await newWorld();
  const { databases, contents, clock, dns, writers, drills, removals } = world.ports;
  await contents.writeSentinel(production, clock.now());
  await databases.takeSnapshot(production, 'evenkeel-shop-db-b1', 'shop-db-b1');
  const taken = async () => (await databases.findSnapshot('evenkeel-shop-db-b1'))?.status === 'available';
  await until('a snapshot', soonMs, taken);
  await until('the sentinel in the copy', soonMs, async () => (await contents.sentinels(standby)).count === 1);
  const before = await contents.sentinels(production);
  const { status, outcome } = await failOver(world, 'drill');
  expect({ status, reason: outcome.reason }).toMatchObject({ status: 'SUCCEEDED' });
  expect(outcome).toMatchObject({ status: 'drilled', absent: true });
  expect(await databases.drills()).toEqual([]);
  const [drill] = await drills.recent(database.name, 1);
  expect(drill).toMatchObject({ status: 'ended', outcome: { verdict: 'healthy', absent: true } });
  expect(await removals.armed(drill?.plan.drill ?? '')).toBeUndefined();
  expect(await dns.weights(name.record)).toEqual({ primary: 100, second: 0 });
  expect(await dns.weights('drill.shop.example.com')).toEqual({ primary: 100, second: 0 });
  expect(await writers.state(production)).toBe('writes');
  expect(await writers.state(standby)).toBe('refuses');
  expect(await contents.sentinels(production)).toEqual(before);
  expect((await evidenceIn(world)).map(toldOf)).toEqual([drill?.plan.drill]);
});
