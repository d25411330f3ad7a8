import { rm } from 'node:fs/promises';
import { afterAll, beforeAll } from '@jest/globals';
import type { Endpoint, InventoryEntry } from '../../../lib/contracts/certificate.ts';
import { tlsOf } from '../../../twin/live/certificates/ports.ts';
import { type LiveAccess, openLivePorts, startWorld, stopWorld } from '../../../twin/live/index.ts';
import { describeCaa } from '../../contracts/caa.contract.ts';
import { describeCertificates } from '../../contracts/certificates.contract.ts';
import { describeHandshakes } from '../../contracts/handshakes.contract.ts';
import { describeInventory } from '../../contracts/inventory.contract.ts';
import { describeRenewals } from '../../contracts/renewals.contract.ts';
import { newFolder } from '../support/folder.ts';
import { days, newPki, type Pki, serve } from './support/pki.ts';
import { certificateOf, Sites } from './support/sites.ts';

/* The ports of certificates of a live world, and the adapter's own handshakes with listeners of the test. */

const https = (host: string): Endpoint => ({ host, port: 443, protocol: 'https' });
const front = https('shop.evenkeel.test');
/** Below a name whose records let nobody of ours issue. */
const refused = https('refused.named.test');

let folder: string;
let access: LiveAccess;
let pki: Pki;
let sites: Sites;
const section = {
  policy: {
    renewShare: 0.33,
    badShare: 0.1,
    unknownGraceSeconds: 60,
    batchSize: 250,
    probeSeconds: 20,
    issueSeconds: 30,
    serveSeconds: 60,
  },
  endpoints: [front, refused].map((endpoint) => ({ ...endpoint, restart: false, hsts: false })),
  issuers: [{ organization: 'Somebody else', caa: ['good.example'] }],
  domains: ['named.test'],
};

const start = () => startWorld(folder, { services: [], database: false, certificates: section });
beforeAll(async () => {
  folder = await newFolder();
  await start();
  access = openLivePorts(folder);
  pki = await newPki();
  sites = new Sites(pki.root);
  const leaf = await pki.leaf({ host: 'good.test' });
  const behaviour = { protocol: 'tls', served: [await serve(leaf, pki.intermediate)] } as const;
  await sites.serve({ host: 'good.test', at: [behaviour, behaviour, behaviour] });
  await sites.serve({ host: 'silent.test', at: ['refused'] });
  adapterLeaf = certificateOf(leaf).fingerprint;
});
afterAll(async () => {
  access.close();
  await sites.close();
  await stopWorld(folder);
  await rm(folder, { recursive: true, force: true });
});
let adapterLeaf = '';

const entryOf = async (host: string): Promise<InventoryEntry> => {
  const entries = (await access.ports.inventory.read()).flatMap((one) => (one.state === 'read' ? one.entries : []));
  const found = entries.find(({ id }) => id === `cert-manager:${host}`);
  if (!found) throw new Error(`${host} is not in the inventory`);
  return found;
};
const fingerprintOf = async (host: string): Promise<string> => (await entryOf(host)).certificate?.fingerprint ?? '';
const treeSize = async (): Promise<number> => {
  const { url } = await tlsOf(folder)('log', {});
  return ((await (await fetch(`${url}ct/v1/get-sth`)).json()) as { tree_size: number }).tree_size;
};
const times = { deadline: days(1).toISOString(), over: days(-1).toISOString() };
const tls = (host: string): Endpoint => ({ host, port: 443, protocol: 'tls' });

describeHandshakes('adapter', async () => ({
  port: sites.handshakes,
  good: tls('good.test'),
  leaf: adapterLeaf,
  silent: tls('silent.test'),
  nowhere: tls('nowhere.test'),
  ...times,
}));

/** Port 1 of loopback: nobody listens there. */
describeHandshakes('live', async () => ({
  port: access.ports.handshakes,
  good: front,
  leaf: await fingerprintOf(front.host),
  silent: { host: '127.0.0.1', port: 1, protocol: 'tls' },
  nowhere: tls('nowhere.test'),
  ...times,
}));

describeCaa('live', async () => ({ port: access.ports.caa, named: 'named.test', without: 'elsewhere.test' }));

let runs = 0;
describeCertificates('live', async () => {
  const port = access.ports.certificates;
  for (const { subject } of await port.all()) await port.forget(subject);
  runs += 2;
  return { port, run: `run-${runs}`, otherRun: `run-${runs + 1}` };
});

describeRenewals('live', async () => {
  const before = await treeSize();
  const renewable = await entryOf(front.host);
  return {
    // A request is known by its certificate; each test has one of its own.
    port: {
      request: (entry, requestId) => access.ports.renewals.request(entry, `${requestId} ${before}`),
    },
    renewable,
    imported: { ...renewable, renewer: 'imported' },
    refused: await entryOf(refused.host),
    asked: async () => (await treeSize()) - before,
  };
});

describeInventory('live', async () => {
  await start();
  return {
    port: access.ports.inventory,
    id: `cert-manager:${front.host}`,
    fingerprint: await fingerprintOf(front.host),
    async reissue() {
      await tlsOf(folder)('renew', { host: front.host, requestId: `reissue ${await treeSize()}` });
      return fingerprintOf(front.host);
    },
    breakSource: () => stopWorld(folder),
  };
});
