import { X509Certificate } from 'node:crypto';
import { connect, isIP } from 'node:net';
import { systemClock } from '../../../../lib/adapters/system/clock.ts';
import { handshakesOver } from '../../../../lib/adapters/tls/handshakes.ts';
import type { Certificate, Endpoint, Finding } from '../../../../lib/contracts/certificate.ts';
import { readCertificate } from '../../../../lib/domain/certificates/read-certificate.ts';
import type { Handshakes } from '../../../../lib/ports/certificates.ts';
import { probeEndpoints } from '../../../../lib/runtime/probe-endpoints.ts';
import { derOf, type Identity } from '../../../../twin/live/certificates/issue.ts';
import { type Behaviour, type Listener, startListener } from '../../../../twin/live/certificates/listener.ts';

export const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3'] as const;

/** What a host does at each of its addresses; `refused`: nobody listens there. `as`: what its name leads to, wherever it is. */
export type Site = { host: string; at: readonly (Behaviour | 'refused')[]; as?: readonly string[] };

/** A name may lead to an address of the world outside; nothing leaves this machine for all that. */
const placeOf = (address: string): string => (address.startsWith('127.') ? address : '127.0.0.1');

const certificateOf = (identity: Identity): Certificate => {
  const read = readCertificate(derOf(identity));
  if ('unreadable' in read) throw new Error(read.unreadable);
  return read;
};

/** Hosts that begin on loopback when they are first served, and names that lead to them. */
export class Sites {
  readonly #listeners: Listener[] = [];
  readonly #ports = new Map<string, number>();
  readonly #addresses = new Map<string, string[]>();
  readonly handshakes: Handshakes;

  constructor(root: Identity, connectionMs = 1000) {
    this.handshakes = handshakesOver({
      resolve: async (host) => {
        const found = isIP(host) ? [host] : (this.#addresses.get(host) ?? []);
        return { addresses: found, ...(found.length === 0 && { unresolved: 'A: ENOTFOUND' }) };
      },
      dial: ({ endpoint, address }) =>
        connect({ host: placeOf(address), port: this.#ports.get(`${endpoint.host} ${address}`) ?? 1 }),
      atOnce: 64,
      connectionMs,
      extraAnchors: [new X509Certificate(derOf(root))],
      privateHosts: ['127.0.0.1'],
    });
  }

  async serve({ host, at, as = addresses }: Site): Promise<void> {
    for (const [index, behaviour] of at.entries()) {
      const address = as[index] ?? '127.0.0.1';
      this.#addresses.set(host, [...(this.#addresses.get(host) ?? []), address]);
      if (behaviour === 'refused') continue;
      const listener = await startListener(addresses[index] ?? '127.0.0.1', () => behaviour);
      this.#listeners.push(listener);
      this.#ports.set(`${host} ${address}`, listener.port);
    }
  }

  /** Handshakes and judgement, as a run of the check does them. `issued`: the newest, when it is known. */
  async judge(endpoint: Endpoint, options: { hsts?: boolean; issued?: Identity } = {}): Promise<Finding> {
    const { hsts = false, issued } = options;
    const place = { endpoint, issued: issued ? [certificateOf(issued)] : [] };
    const [finding] = await probeEndpoints(
      { handshakes: this.handshakes, clock: systemClock.create({}) },
      [place],
      sectionWith({ ...endpoint, restart: false, hsts }),
      60_000,
    );
    if (!finding) throw new Error('nothing was found');
    return finding;
  }

  async close(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
  }
}

const sectionWith = (endpoint: Endpoint & { restart: boolean; hsts: boolean }) => ({
  policy: {
    renewShare: 0.33,
    badShare: 0.1,
    unknownGraceSeconds: 60,
    batchSize: 250,
    probeSeconds: 20,
    issueSeconds: 30,
    serveSeconds: 60,
    pollSeconds: 1,
  },
  endpoints: [endpoint],
  issuers: [{ organization: 'Evenkeel Test', caa: ['ca.evenkeel.test'] }],
  domains: [],
});
