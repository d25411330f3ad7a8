import { rm } from 'node:fs/promises';
import { afterEach, expect, test } from '@jest/globals';
import { recordScan } from '../../twin/live/images/registry.ts';
import { type LiveAccess, openLivePorts } from '../../twin/live/index.ts';
import { readPage } from '../../twin/live/pages/pages.ts';
import { describeBackups } from '../contracts/backups.contract.ts';
import { describeClock } from '../contracts/clock.contract.ts';
import { describeDrills } from '../contracts/drills.contract.ts';
import { describeEvidence } from '../contracts/evidence.contract.ts';
import { describeImages } from '../contracts/images.contract.ts';
import { describeIncidents } from '../contracts/incidents.contract.ts';
import { describeLeases } from '../contracts/leases.contract.ts';
import { describeLedger } from '../contracts/ledger.contract.ts';
import { describeOutbox } from '../contracts/outbox.contract.ts';
import { describePages } from '../contracts/pages.contract.ts';
import { describeReleases } from '../contracts/releases.contract.ts';
import { describeRemovals } from '../contracts/removals.contract.ts';
import { describeSigner } from '../contracts/signer.contract.ts';
import { newFolder } from './support/folder.ts';

const opened: { folder: string; access: LiveAccess }[] = [];

const fresh = async () => {
  const folder = await newFolder();
  const access = openLivePorts(folder);
  opened.push({ folder, access });
  return { folder, ports: access.ports };
};

afterEach(async () => {
  for (const { folder, access } of opened.splice(0)) {
    access.close();
    await rm(folder, { recursive: true, force: true });
  }
});

const live = 'live';
describeBackups(live, async () => ({ port: (await fresh()).ports.backups }));
describeDrills(live, async () => ({ port: (await fresh()).ports.drills }));
describeEvidence(live, async () => ({ port: (await fresh()).ports.evidence }));
describeRemovals(live, async () => ({ port: (await fresh()).ports.removals }));
describeSigner(live, async () => ({ port: (await fresh()).ports.signer }));
describeClock(live, async () => ({ port: (await fresh()).ports.clock }));
describeIncidents(live, async () => ({ port: (await fresh()).ports.incidents }));
describeLeases(live, async () => ({ port: (await fresh()).ports.leases }));
describeLedger(live, async () => ({ port: (await fresh()).ports.ledger }));
describeOutbox(live, async () => ({ port: (await fresh()).ports.outbox }));
test.each(['../catalog.json', 'status.html.1.1.draft', '/etc/passwd', ''])('%j is no name of a page', async (name) => {
  const { folder } = await fresh();
  expect(await readPage(folder, name)).toBeUndefined();
});
describePages(live, async () => {
  const { folder, ports } = await fresh();
  return { port: ports.pages, read: (name) => readPage(folder, name) };
});
describeReleases(live, async () => ({ port: (await fresh()).ports.releases }));
describeImages(live, async () => {
  const { folder, ports } = await fresh();
  return { port: ports.images, service: 'shop', push: (image) => recordScan(folder, 'shop', image) };
});
