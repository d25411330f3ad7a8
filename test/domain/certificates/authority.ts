import type { Certificate, EndpointReading, Handshake } from '../../../lib/contracts/certificate.ts';
import { Anchors } from '../../../lib/domain/certificates/anchors.ts';
import { judgeEndpoint, type Standard } from '../../../lib/domain/certificates/judge-endpoint.ts';
import { isUnreadable, readCertificate } from '../../../lib/domain/certificates/read-certificate.ts';
import { type Identity, issue, newIdentity, type Wanted } from '../../../twin/certificates/issue.ts';
import { aCertificateSection } from '../../support/builders.ts';

/* One authority for all tests of judgement, with a cross-signed root and every way to go wrong. */

export const now = '2026-05-01T10:00:00.000Z';
export const nowMs = Date.parse(now);
export const dayMs = 86_400_000;
export const host = 'shop.example.com';
export const address = '192.0.2.1';

const long = { fromMs: nowMs - 1000 * dayMs, toMs: nowMs + 1000 * dayMs, authority: true };
export const root = newIdentity('Good Root', 'Good Authority');
export const oldRoot = newIdentity('Old Root', 'Good Authority');
export const intermediate = newIdentity('Good Intermediate', 'Good Authority');
export const server = newIdentity('server', 'Shop');

export const base64 = (der: Buffer): string => der.toString('base64');
export const rootDer = base64(issue(root, root, long));
export const intermediateDer = base64(issue(intermediate, root, long));
/** The root as an older one signed it, which has expired since: the other way up of a cross-signed chain. */
export const expiredCross = base64(issue(root, oldRoot, { ...long, toMs: nowMs - dayMs }));
export const expiredOldRoot = base64(issue(oldRoot, oldRoot, { ...long, toMs: nowMs - dayMs }));
export const anchors = new Anchors([rootDer]);

/** 90 days, of which 10 are over. */
export const leafDer = (differs: Partial<Wanted> = {}, issuer: Identity = intermediate, subject = server): string =>
  base64(issue(subject, issuer, { names: [host], fromMs: nowMs - 10 * dayMs, toMs: nowMs + 80 * dayMs, ...differs }));

export const certificateIn = (der: string): Certificate => {
  const read = readCertificate(Buffer.from(der, 'base64'));
  if (isUnreadable(read)) throw new Error(read.unreadable);
  return read;
};

export const served = (chain: readonly string[], differs: Partial<Handshake> = {}): Handshake =>
  ({ state: 'served', address, key: 'ecdsa', version: 'TLSv1.3', chain, revocation: [], ...differs }) as Handshake;

export const aReading = (differs: Partial<EndpointReading> = {}): EndpointReading => ({
  endpoint: { host, port: 443, protocol: 'https' },
  at: now,
  addresses: [address],
  handshakes: [served([leafDer(), intermediateDer])],
  oldVersions: [],
  hsts: [],
  hops: [],
  ...differs,
});

export const aStandard = (differs: Partial<Standard> = {}): Standard => ({
  policy: aCertificateSection().policy,
  issuers: aCertificateSection().issuers,
  anchors,
  issued: [],
  meant: {},
  ...differs,
});

/** `BAD rule: sentence` of all that is not OK; the health alone when all is. */
export const verdictOf = (reading: EndpointReading, standard = aStandard()): string => {
  const { health, reasons } = judgeEndpoint(reading, standard);
  const wrong = reasons.filter((reason) => reason.health !== 'OK');
  return wrong.length === 0 ? health : wrong.map(({ health, rule, says }) => `${health} ${rule}: ${says}`).join('\n');
};
export const verdictOfChain = (...chain: string[]): string => verdictOf(aReading({ handshakes: [served(chain)] }));
