import type { Reason } from '../../contracts/certificate.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { Anchors, Link } from './anchors.ts';
import { buildPath } from './build-path.ts';
import { isUnreadable, readCertificate } from './read-certificate.ts';
import { bad, cut, ok } from './say.ts';

const serverAuthentication = '1.3.6.1.5.5.7.3.1';
const leastBits = { rsa: 2048, ecdsa: 256, other: 0 };
/** However the library spells them. */
const weakSignature = /sha-?1(?!\d)|md[2-5]/i;

/** Rule: whoever knows the roots alone, and nothing else, must find a good way up through what was sent. */
export const judgeChain = (chain: readonly string[], anchors: Anchors, now: Instant): Reason[] => {
  const [leaf, ...others] = chain.map((der, position) => linkOf(der, position, anchors));
  if (!leaf) return [bad('unreadable', 'what is served is no certificate')];
  const sent = others.filter((link) => link !== undefined);
  const path = buildPath(leaf, sent, anchors, now);
  if (!path.found) return [bad('chain', path.reason), ...judgeStrength([leaf]), ...judgeUsage(leaf)];
  const below = path.links.filter((link) => !anchors.has(link));
  return [
    ...judgeStrength(below),
    ...judgeUsage(leaf),
    ...judgeOrder(below),
    ok('chain', `leads to ${rootOf(path.links)}`),
  ];
};

const linkOf = (der: string, position: number, anchors: Anchors): Link | undefined => {
  const x509 = anchors.read(der);
  return x509 && { x509, fingerprint: x509.fingerprint256, position };
};

const rootOf = (links: readonly Link[]): string =>
  cut((links.at(-1)?.x509.subject ?? '').split('\n').join(', '), 120) || 'a nameless root';

/** Of all but the root, whose own signature nobody looks at. */
const judgeStrength = (links: readonly Link[]): Reason[] =>
  links.flatMap(({ x509 }) => {
    const read = readCertificate(x509.raw);
    if (isUnreadable(read))
      return [bad('unreadable', `a certificate of its chain cannot be read: ${cut(read.unreadable, 100)}`)];
    const { subject, signature, key } = read;
    const name = cut(subject, 80) || 'it';
    return [
      ...(weakSignature.test(signature)
        ? [bad('weak-signature', `${name} is signed with ${signature}, which can be forged`)]
        : []),
      ...(key.bits < leastBits[key.kind]
        ? [bad('weak-key', `the key of ${name} has ${key.bits} bits, fewer than ${leastBits[key.kind]}`)]
        : []),
    ];
  });

/** Absent means any use. */
const judgeUsage = ({ x509 }: Link): Reason[] =>
  x509.keyUsage && !x509.keyUsage.includes(serverAuthentication)
    ? [bad('usage', 'it was not issued to identify a server')]
    : [];

/** Each is sent before whoever signed it (RFC 5246 section 7.4.2); clients that read in order find no way otherwise. */
const judgeOrder = (links: readonly Link[]): Reason[] => {
  const positions = links.map(({ position }) => position ?? 0);
  return positions.some((position, index) => position < (positions[index - 1] ?? 0))
    ? [bad('order', 'the certificates of its chain are sent in the wrong order')]
    : [];
};
