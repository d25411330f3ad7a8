import type { Endpoint, InventoryEntry } from '../../lib/contracts/certificate.ts';
import { fromMs, plusSeconds } from '../../lib/contracts/instant.ts';
import { goodAuthority } from '../../twin/model/certificates/authority.ts';
import { modelCertificateWorld } from '../../twin/model/certificates/index.ts';
import { Changes } from '../../twin/model/changes.ts';
import { describeCaa } from '../contracts/caa.contract.ts';
import { describeCertificates } from '../contracts/certificates.contract.ts';
import { describeHandshakes } from '../contracts/handshakes.contract.ts';
import { describeInventory } from '../contracts/inventory.contract.ts';
import { describeRenewals } from '../contracts/renewals.contract.ts';
import { describeTransparency } from '../contracts/transparency.contract.ts';

const nowMs = Date.parse('2026-05-01T10:00:00.000Z');
const https = (host: string): Endpoint => ({ host, port: 443, protocol: 'https' });
const held = (id: string, differs: Partial<InventoryEntry> = {}): InventoryEntry => ({
  id,
  source: 'acm',
  names: ['shop.example.com'],
  renewer: 'acm',
  uses: [],
  endpoints: [https('shop.example.com')],
  ...differs,
});
const life = { days: 90, oldDays: 10 };

const aWorld = () => {
  const clock = { ms: nowMs };
  const changes = new Changes(() => clock.ms);
  const { world, ports } = modelCertificateWorld(() => clock.ms, changes);
  const issued = world.hold(held('acm:shop'), life);
  return { clock, changes, world, ports, issued };
};

describeHandshakes('model', async () => {
  const { world, ports, issued } = aWorld();
  world.addresses.set('nowhere.example.com', []);
  return {
    port: ports.handshakes,
    good: https('shop.example.com'),
    leaf: issued.certificate.fingerprint,
    silent: https('silent.example.com'),
    nowhere: https('nowhere.example.com'),
    deadline: plusSeconds(fromMs(nowMs), 60),
    over: plusSeconds(fromMs(nowMs), -1),
  };
});

describeInventory('model', async () => {
  const { world, ports, issued } = aWorld();
  return {
    port: ports.inventory,
    id: 'acm:shop',
    fingerprint: issued.certificate.fingerprint,
    reissue: async () => world.hold(held('acm:shop'), { days: 90, oldDays: 0 }).certificate.fingerprint,
    breakSource: async () => void world.unread.set('acm', 'no answer'),
  };
});

describeRenewals('model', async () => {
  const { world, ports, changes } = aWorld();
  world.refuses.add('acm:refused');
  return {
    port: ports.renewals,
    renewable: held('acm:shop'),
    imported: held('acm:imported', { renewer: 'imported' }),
    refused: held('acm:refused'),
    asked: async () => changes.list.filter(({ resource }) => resource.startsWith('renewal/')).length,
  };
});

describeCertificates('model', async () => ({ port: aWorld().ports.certificates, run: 'run-1', otherRun: 'run-2' }));

describeCaa('model', async () => {
  const { world, ports } = aWorld();
  world.caa.set('example.com', [{ critical: false, tag: 'issue', value: 'good.example' }]);
  return { port: ports.caa, named: 'example.com', without: 'free.test' };
});

describeTransparency('model', async () => {
  const { world, ports } = aWorld();
  const logged = (names: readonly string[]) => {
    const entries = world.logs.get('log') ?? [];
    const { certificate } = goodAuthority.issue(names, nowMs, nowMs + 1e9, entries.length + 900);
    const entry = { log: 'log', index: entries.length, at: fromMs(nowMs), precertificate: true, certificate };
    world.logs.set('log', [...entries, entry]);
  };
  logged(['first.test']);
  return {
    port: ports.transparency,
    domain: 'example.com',
    log: async (names) => logged(names),
    contradict: async () => void world.logs.set('log', []),
    deadline: plusSeconds(fromMs(nowMs), 60),
  };
});
