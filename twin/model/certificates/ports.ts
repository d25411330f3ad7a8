import {
  type CertificateState,
  type Endpoint,
  type EndpointReading,
  type Finding,
  type Handshake,
  type Silence,
  type SourceReading,
  sources,
} from '../../../lib/contracts/certificate.ts';
import { RenewalRefused } from '../../../lib/contracts/failures.ts';
import { fromMs, type Instant, toMs } from '../../../lib/contracts/instant.ts';
import { domainsFrom } from '../../../lib/domain/certificates/domains-from.ts';
import { nameMatches } from '../../../lib/domain/certificates/name-matches.ts';
import type {
  CaaRecords,
  CertificateInventory,
  CertificateRecords,
  Handshakes,
  LogCursor,
  LogReading,
  Renewals,
  TransparencyLogs,
} from '../../../lib/ports/certificates.ts';
import { goodAuthority } from './authority.ts';
import type { CertificateWorld } from './world.ts';

/** Sources that the world has; the others are read by nobody here. */
const known = sources.filter((source) => source !== 'catalog' && source !== 'transparency');

export const modelInventory = (world: CertificateWorld): CertificateInventory => ({
  read: async () =>
    known.map((source): SourceReading => {
      const reason = world.unread.get(source);
      if (reason !== undefined) return { state: 'unread', source, reason };
      return { state: 'read', source, entries: world.entries().filter((entry) => entry.source === source) };
    }),
});

export const modelHandshakes = (world: CertificateWorld, now: () => number): Handshakes => ({
  probe: async (endpoints, deadline) => endpoints.map((endpoint) => readingOf(world, endpoint, now(), deadline)),
  anchors: async () => [goodAuthority.anchor],
});

const readingOf = (world: CertificateWorld, endpoint: Endpoint, atMs: number, deadline: Instant): EndpointReading => {
  const late = toMs(deadline) < atMs;
  const addresses = [...world.addressesOf(endpoint)];
  return {
    endpoint,
    at: fromMs(atMs),
    addresses,
    ...(addresses.length === 0 && { unresolved: `${endpoint.host} has no address` }),
    handshakes: addresses.flatMap((address) =>
      late ? silentAt(address, 'timeout') : handshakesAt(world, endpoint, address),
    ),
    oldVersions: addresses.map((address) => ({ address, version: 'TLSv1.1', answer: 'refused' })),
    hsts: addresses.map((address) => ({ address, header: 'max-age=63072000' })),
    hops: [],
  };
};

/** The world's servers have keys of one kind. */
const handshakesAt = (world: CertificateWorld, endpoint: Endpoint, address: string): Handshake[] => {
  const served = world.servedAt(endpoint, address);
  if (typeof served === 'string') return silentAt(address, served);
  return [
    { state: 'silent', address, key: 'rsa', silence: 'handshake-failed', reason: 'no shared cipher' },
    { state: 'served', address, key: 'ecdsa', version: 'TLSv1.3', chain: [...served.chain], revocation: [] },
  ];
};

const silentAt = (address: string, silence: Silence): Handshake[] =>
  (['rsa', 'ecdsa'] as const).map((key) => ({
    state: 'silent',
    address,
    key,
    silence,
    reason: `${address} did not answer`,
  }));

export const modelCaa = (world: CertificateWorld): CaaRecords => ({
  find: async (names) =>
    names.map((name) => {
      const at = domainsFrom(name).find((domain) => world.caa.has(domain));
      if (at === undefined) return { state: 'read', name, records: [] };
      return { state: 'read', name, at, records: world.caa.get(at) ?? [] };
    }),
});

export const modelTransparency = (world: CertificateWorld): TransparencyLogs => ({
  since: async (cursors, domains) =>
    [...world.logs].map(([log, entries]): LogReading => {
      const before = cursors.find((cursor) => cursor.log === log)?.size ?? entries.length;
      const cursor = { log, size: entries.length, root: `root-of-${entries.length}` };
      if (before > entries.length)
        return { state: 'unread', log, reason: `the log has ${entries.length} entries, and had ${before}` };
      const found = entries
        .slice(before)
        .filter(({ certificate }) => certificate.names.some((name) => isBelow(name, domains)));
      return { state: 'read', log, cursor, behind: 0, found };
    }),
});

const isBelow = (name: string, domains: readonly string[]): boolean =>
  domains.some((domain) => name === domain || name.endsWith(`.${domain}`) || nameMatches(name, domain));

export const modelRenewals = (world: CertificateWorld): Renewals => ({
  async request(entry, requestId) {
    if (entry.renewer === 'imported' || entry.renewer === 'unknown') return 'person';
    if (world.refuses.has(entry.id)) throw new RenewalRefused(`${entry.id}: its issuer refuses`, { id: entry.id });
    world.renew(entry.id, requestId);
    return 'requested';
  },
});

export type CertificateStore = ReadonlyMap<string, CertificateState>;

export const modelCertificates = (store: Map<string, CertificateState>): CertificateRecords => {
  const cursors = new Map<string, LogCursor>();
  const readings = new Map<string, readonly SourceReading[]>();
  const findings = new Map<string, Map<string, readonly Finding[]>>();
  return {
    all: async () => structuredClone([...store.values()]),
    async keep(states) {
      for (const state of states) store.set(state.subject, structuredClone(state));
    },
    async forget(subject) {
      store.delete(subject);
    },
    cursors: async () => [...cursors.values()],
    async keepCursors(newer) {
      for (const cursor of newer) cursors.set(cursor.log, cursor);
    },
    async keepReadings(run, read) {
      readings.set(run, structuredClone(read));
    },
    readings: async (run) => structuredClone([...(readings.get(run) ?? [])]),
    async keepFindings(run, part, found) {
      const parts = findings.get(run) ?? new Map<string, readonly Finding[]>();
      findings.set(run, parts.set(part, structuredClone(found)));
    },
    findings: async (run) => structuredClone([...(findings.get(run)?.values() ?? [])].flat()),
  };
};
