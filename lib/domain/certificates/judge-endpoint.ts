import type { Certificate, EndpointReading, Finding, Handshake, Reason } from '../../contracts/certificate.ts';
import { endpointName } from '../../contracts/certificate.ts';
import type { CertificateSection, WatchedEndpoint } from '../../contracts/certificate-policy.ts';
import type { Anchors } from './anchors.ts';
import { judgeChain } from './judge-chain.ts';
import { judgeHops, judgeHsts } from './judge-http.ts';
import { judgeIssuer, judgeNames, judgeServed } from './judge-leaf.ts';
import { judgeRevocation } from './judge-revocation.ts';
import { judgeLifetime } from './lifetime.ts';
import { isUnreadable, readCertificate } from './read-certificate.ts';
import { at, bad, cut, unknown } from './say.ts';
import { shortened } from './shortened.ts';
import { worstOf } from './worst.ts';

/** What an endpoint is held to. `issued`: the newest certificates that must be served there; none when nobody knows. */
export type Standard = Pick<CertificateSection, 'policy'> & {
  issuers?: CertificateSection['issuers'];
  anchors: Anchors;
  issued: readonly Certificate[];
  meant: Partial<Pick<WatchedEndpoint, 'hsts' | 'redirects'>>;
};

type Served = Extract<Handshake, { state: 'served' }>;

/**
 * All that was seen of one endpoint, as one finding. Every address counts: the worst of them decides. Rule: an address of which
 * nothing was seen is UNKNOWN, never left out.
 */
export const judgeEndpoint = (reading: EndpointReading, standard: Standard): Finding => {
  const reasons = [
    ...judgeAddresses(reading),
    ...reading.handshakes.flatMap((one) =>
      one.state === 'served' ? at(one.address, judgeHandshake(one, reading, standard)) : [],
    ),
    ...judgeOldVersions(reading),
    ...judgeHsts(reading, standard.meant),
    ...judgeHops(reading.hops, standard.meant),
  ];
  return {
    subject: endpointName(reading.endpoint),
    health: worstOf(reasons),
    reasons: shortened(reasons),
    served: servedAt(reading),
  };
};

const judgeHandshake = (
  { chain, revocation }: Served,
  { endpoint, at: now }: EndpointReading,
  { policy, issuers, anchors, issued }: Standard,
): Reason[] => {
  const leaf = leafOf(chain);
  if (!leaf) return [bad('unreadable', 'what is served is no certificate')];
  return [
    judgeLifetime(leaf, policy, now),
    ...judgeNames(leaf, endpoint.host),
    ...judgeChain(chain, anchors, now),
    ...judgeServed(leaf, issued),
    ...(issuers ? judgeIssuer(leaf, issuers) : []),
    ...judgeRevocation(revocation, now),
  ];
};

const leafOf = ([der = '']: readonly string[]): Certificate | undefined => {
  const read = readCertificate(Buffer.from(der, 'base64'));
  return isUnreadable(read) ? undefined : read;
};

/** A server has one kind of key or both; an address that shows none at all is judged by the first thing that went wrong. */
const judgeAddresses = ({ addresses, unresolved, handshakes, endpoint }: EndpointReading): Reason[] => {
  if (addresses.length === 0)
    return [
      unknown('unresolved', `${endpoint.host} leads to no address: ${cut(unresolved ?? 'nobody said why', 120)}`),
    ];
  const partly =
    unresolved === undefined
      ? []
      : [unknown('unresolved', `not all of its addresses are known: ${cut(unresolved, 120)}`)];
  return [
    ...partly,
    ...addresses.flatMap((address) => {
      const tried = handshakes.filter((one) => one.address === address);
      return tried.some(({ state }) => state === 'served') ? [] : at(address, [silenceOf(tried)]);
    }),
  ];
};

/** Who answers, but not with a handshake that we could accept, turns users away: that is known, and BAD. */
const silenceOf = (tried: readonly Handshake[]): Reason => {
  const silent = tried.filter((one) => one.state === 'silent');
  const refusing = silent.find(({ silence }) => silence === 'no-tls' || silence === 'handshake-failed');
  const [first] = silent;
  if (!first) return unknown('silent', 'it was not asked');
  if (refusing && silent.every(({ silence }) => silence === 'no-tls' || silence === 'handshake-failed'))
    return bad('handshake', `it offers no handshake of TLS 1.2 or above: ${cut(refusing.reason, 120)}`);
  return unknown('silent', `no certificate was seen, ${first.silence}: ${cut(first.reason, 120)}`);
};

/** Rule: TLS 1.0 and 1.1 must be refused. Where that could not be told, it is not taken for granted. */
const judgeOldVersions = ({ oldVersions }: EndpointReading): Reason[] =>
  oldVersions.flatMap(({ address, version, answer }) => {
    if (answer === 'refused') return [];
    const says =
      answer === 'accepted'
        ? bad('old-version', `${version} is accepted`)
        : unknown('old-version', `whether ${version} is refused could not be told`);
    return at(address, [says]);
  });

const servedAt = ({ handshakes }: EndpointReading): Finding['served'] =>
  handshakes.flatMap((one) => {
    const leaf = one.state === 'served' ? leafOf(one.chain) : undefined;
    return leaf
      ? [
          {
            address: one.address,
            key: one.key,
            leaf: leaf.fingerprint,
            notBefore: leaf.notBefore,
            notAfter: leaf.notAfter,
          },
        ]
      : [];
  });
