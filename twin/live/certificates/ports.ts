import { X509Certificate } from 'node:crypto';
import type { CaaRecord } from 'node:dns';
import { connect, isIP } from 'node:net';
import * as v from 'valibot';
import { caaRecordsOver } from '../../../lib/adapters/dns/caa.ts';
import { bounds, handshakesOver } from '../../../lib/adapters/tls/handshakes.ts';
import { transparencyLogsOver } from '../../../lib/adapters/transparency/logs.ts';
import { type InventoryEntry, type SourceReading, sources } from '../../../lib/contracts/certificate.ts';
import { isUnreadable, readCertificate } from '../../../lib/domain/certificates/read-certificate.ts';
import type {
  CaaRecords,
  CertificateInventory,
  Handshakes,
  Renewals,
  TransparencyLogs,
} from '../../../lib/ports/certificates.ts';
import { type Ask, askerOf } from '../control/client.ts';
import { readRecord } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';
import type { TlsOperations } from './operations.ts';
import type { Places } from './shop-front.ts';
import type { Site } from './sites.ts';

type Asks = Ask<TlsOperations>;

export const tlsOf = (stateDir: string): Asks => askerOf<TlsOperations>(stateDir, 'tls');

export const liveCertificatePorts = (stateDir: string) => {
  const ask = tlsOf(stateDir);
  return {
    caa: liveCaa(stateDir),
    handshakes: liveHandshakes(ask),
    inventory: liveInventory(ask),
    renewals: liveRenewals(ask),
    transparency: liveTransparency(ask),
  };
};

/**
 * The adapter's own handshakes, over the world's names. Everything listens on loopback and above port 1024, so that each host is
 * somewhere else than its endpoint says.
 */
const liveHandshakes = (ask: Asks): Handshakes => ({
  anchors: async () => [(await ask('anchor', {})).certificate],
  async probe(endpoints, deadline) {
    const [places, { certificate }] = await Promise.all([ask('places', {}), ask('anchor', {})]);
    return over(places, certificate).probe(endpoints, deadline);
  },
});

const over = (places: Places, anchor: string): Handshakes =>
  handshakesOver({
    resolve: async (host) => {
      const addresses = isIP(host) ? [host] : Object.keys(places[host] ?? {});
      return { addresses, ...(addresses.length === 0 && { unresolved: `${host} is no name of the twin` }) };
    },
    dial: ({ endpoint, address }) =>
      connect({ host: address, port: places[endpoint.host]?.[address] ?? endpoint.port, autoSelectFamily: false }),
    ...bounds,
    extraAnchors: [new X509Certificate(Buffer.from(anchor, 'base64'))],
    privateHosts: [],
  });

const empty = sources.filter((source) => source !== 'catalog' && source !== 'transparency');

const liveInventory = (ask: Asks): CertificateInventory => ({
  async read() {
    const sites = (await ask('sites', {})).filter(({ control }) => !control);
    const entries = sites.flatMap((site) => [issuedEntry(site), listenerEntry(site)]);
    return empty.map(
      (source): SourceReading => ({
        state: 'read',
        source,
        entries: entries.filter((entry) => entry.source === source),
      }),
    );
  },
});

const issuedId = (host: string): string => `cert-manager:${host}`;

const issuedEntry = ({ host, service, certificate }: Site & { certificate: string }): InventoryEntry => {
  const read = readCertificate(Buffer.from(certificate, 'base64'));
  return {
    id: issuedId(host),
    source: 'cert-manager',
    names: [host],
    renewer: 'cert-manager',
    uses: [],
    endpoints: [],
    ...(service !== undefined && { service }),
    ...(isUnreadable(read) ? { trouble: read.unreadable } : { certificate: read }),
  };
};

const listenerEntry = ({ host, port, protocol, service }: Site): InventoryEntry => ({
  id: `listener:${host}`,
  source: 'listener',
  names: [host],
  renewer: 'unknown',
  uses: [issuedId(host)],
  endpoints: [{ host, port, protocol }],
  ...(service !== undefined && { service }),
});

const liveRenewals = (ask: Asks): Renewals => ({
  async request({ renewer, names }, requestId) {
    const [host] = names;
    if (renewer !== 'cert-manager' || host === undefined) return 'person';
    await ask('renew', { host, requestId: `${host} ${requestId}` });
    return 'requested';
  },
});

/** The records of a zone, by domain, in the form of node:dns; without the file nobody is kept from issuing. */
const Zone = v.record(v.string(), v.array(v.looseObject({ critical: v.number() })));

const liveCaa = (stateDir: string): CaaRecords =>
  caaRecordsOver(async (domain) => {
    const zone = await readRecord(paths.certificates(stateDir, 'caa.json'), Zone);
    return (zone?.[domain] ?? []) as CaaRecord[];
  });

const liveTransparency = (ask: Asks): TransparencyLogs =>
  transparencyLogsOver(async () => [{ name: 'twin', kind: 'rfc6962', ...(await ask('log', {})) }], Date.now);
