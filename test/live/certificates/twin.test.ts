import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemClock } from '../../../lib/adapters/system/clock.ts';
import { type Endpoint, endpointName, type Finding, type InventoryEntry } from '../../../lib/contracts/certificate.ts';
import type { CertificateSection } from '../../../lib/contracts/certificate-policy.ts';
import { plusSeconds } from '../../../lib/contracts/instant.ts';
import { intendedOf } from '../../../lib/domain/certificates/intended.ts';
import { probeEndpoints } from '../../../lib/runtime/probe-endpoints.ts';
import { tlsOf } from '../../../twin/live/certificates/ports.ts';
import {
  type LiveAccess,
  missingProcesses,
  openLivePorts,
  pushImage,
  seedService,
  startWorld,
  stopWorld,
} from '../../../twin/live/index.ts';
import { until } from '../../../twin/live/process/until.ts';
import { newFolder } from '../support/folder.ts';

/* The certificates of a live world: what it issues, serves, logs and knows, over its own processes. */

const front: Endpoint = { host: 'shop.evenkeel.test', port: 443, protocol: 'https' };
const database: Endpoint = { host: 'database.evenkeel.test', port: 5432, protocol: 'postgres' };
const controls = {
  expired: { host: 'expired.control.test', port: 443, protocol: 'https' },
  wrongChain: { host: 'wrong-chain.control.test', port: 443, protocol: 'https' },
} as const;
const section: CertificateSection = {
  policy: {
    renewShare: 0.33,
    badShare: 0.1,
    unknownGraceSeconds: 60,
    batchSize: 250,
    probeSeconds: 20,
    issueSeconds: 30,
    serveSeconds: 60,
  },
  endpoints: [
    { ...front, service: 'shop', restart: true, hsts: true },
    { ...database, restart: false, hsts: false },
  ],
  controls,
  issuers: [{ organization: 'Evenkeel Twin', caa: ['ca.evenkeel.test'] }],
  domains: ['evenkeel.test'],
};

let folder: string;
let access: LiveAccess;
beforeAll(async () => {
  folder = await newFolder();
  await startWorld(folder, { services: ['shop'], database: false, certificates: section });
  access = openLivePorts(folder);
  const digest = await pushImage(
    folder,
    { repository: 'shop', tag: 'good', behaviour: {} },
    { status: 'complete', critical: 0, high: 0 },
  );
  await seedService(access.ports, { name: 'shop', floor: 2 }, digest);
});
afterAll(async () => {
  access.close();
  await stopWorld(folder);
  await rm(folder, { recursive: true, force: true });
});

const clock = systemClock.create({});
const entries = async (): Promise<InventoryEntry[]> =>
  (await access.ports.inventory.read()).flatMap((one) => (one.state === 'read' ? one.entries : []));
const entryOf = async (host: string): Promise<InventoryEntry> => {
  const found = (await entries()).find(({ id }) => id === `cert-manager:${host}`);
  if (!found) throw new Error(`${host} is not in the inventory`);
  return found;
};
/** As a run of the check does it: what is served beside what was issued. */
const check = async (endpoint: Endpoint): Promise<Finding> => {
  const intended = intendedOf(await entries()).get(endpointName(endpoint)) ?? { endpoint, issued: [] };
  const [finding] = await probeEndpoints({ handshakes: access.ports.handshakes, clock }, [intended], section, 30_000);
  if (!finding) throw new Error('nothing was found');
  return finding;
};
const renew = async (requestId: string, host = front.host): Promise<void> => {
  await access.ports.renewals.request(await entryOf(host), requestId);
};

test('what it serves is what it issued, at every address', async () => {
  for (const endpoint of [front, database]) {
    const { health, served, reasons } = await check(endpoint);
    expect({ health, reasons: reasons.filter((reason) => reason.health !== 'OK') }).toEqual({
      health: 'OK',
      reasons: [],
    });
    expect(served.map(({ address }) => address)).toEqual(
      expect.arrayContaining(['127.0.0.1', '127.0.0.2', '127.0.0.3']),
    );
  }
});

test('controls go red, each for its own fault', async () => {
  const rules = async (endpoint: Endpoint) =>
    (await check(endpoint)).reasons.filter(({ health }) => health === 'BAD').map(({ rule }) => rule);
  expect(await rules(controls.expired)).toContain('expired');
  expect(await rules(controls.wrongChain)).toContain('chain');
});

test('a renewal that is asked for twice is one, and served only when the pods were started anew', async () => {
  const before = await entryOf(front.host);
  await Promise.all([renew('renewal-1'), renew('renewal-1')]);
  const after = await entryOf(front.host);
  expect(after.certificate?.fingerprint).not.toBe(before.certificate?.fingerprint);
  await renew('renewal-1');
  expect(await entryOf(front.host)).toEqual(after);

  const old = await check(front);
  expect(old.health).toBe('BAD');
  expect(old.reasons.filter(({ rule }) => rule === 'old-leaf').length).toBeGreaterThanOrEqual(3);

  const { ports } = access;
  const lease = await ports.leases.take('service/shop', 'test', plusSeconds(clock.now(), 60), clock.now());
  await ports.cluster.restart('shop', 'blue', clock.now(), lease.token);
  await until('the new certificate everywhere', 20_000, async () => (await check(front)).health === 'OK');
  await ports.leases.release(lease);
});

test('an address that took up nothing is named alone', async () => {
  await renew('renewal-2');
  await tlsOf(folder)('reload', { host: front.host, addresses: ['127.0.0.1', '127.0.0.3', '::1'] });
  const { health, reasons } = await check(front);
  expect(health).toBe('BAD');
  expect(reasons.filter((reason) => reason.health === 'BAD').map(({ address }) => address)).toEqual(['127.0.0.2']);
});

test('the log hears of each issuance, and proves that it took nothing back', async () => {
  const { transparency } = access.ports;
  const soon = () => plusSeconds(clock.now(), 20);
  const [begun] = await transparency.since([], section.domains, soon());
  if (begun?.state !== 'read') throw new Error('the log was not read');
  await renew('renewal-3', database.host);
  const [read] = await transparency.since([begun.cursor], section.domains, soon());
  expect(read).toMatchObject({ state: 'read', behind: 0, found: [{ certificate: { names: [database.host] } }] });
});

test('its authority may issue, and nobody else', async () => {
  expect(await access.ports.caa.find([front.host])).toMatchObject([
    { state: 'read', at: 'evenkeel.test', records: [{ tag: 'issue', value: 'ca.evenkeel.test' }] },
  ]);
});

test('nobody but a person renews what is not its own', async () => {
  const entry = { ...(await entryOf(front.host)), renewer: 'imported' as const };
  expect(await access.ports.renewals.request(entry, 'renewal-4')).toBe('person');
});

test('what was served is served again after everything was stopped', async () => {
  const before = await entryOf(database.host);
  await stopWorld(folder);
  await startWorld(folder, { services: ['shop'], database: false, certificates: section });
  expect(await missingProcesses(folder)).toEqual(['postgres']);
  expect((await entryOf(database.host)).certificate).toEqual(before.certificate);
  expect((await check(database)).health).toBe('OK');
});
