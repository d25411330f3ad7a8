import type { Finding, InventoryEntry, Reason } from '../../contracts/certificate.ts';
import type { CertificateSection } from '../../contracts/certificate-policy.ts';
import type { Instant } from '../../contracts/instant.ts';
import { judgeIssuer } from './judge-leaf.ts';
import { judgeLifetime } from './lifetime.ts';
import { cut, ok, unknown } from './say.ts';
import { shortened } from './shortened.ts';
import { worstOf } from './worst.ts';

/** What a source says of a certificate, whether or not it is served anywhere. */
export const judgeEntry = (
  entry: InventoryEntry,
  { policy, issuers }: Pick<CertificateSection, 'policy' | 'issuers'>,
  now: Instant,
): Finding => {
  const { certificate, trouble, endpoints, uses, source } = entry;
  const reasons: Reason[] = [
    ...(certificate ? [judgeLifetime(certificate, policy, now), ...judgeIssuer(certificate, issuers)] : []),
    ...(trouble ? [unknown('trouble', `${source} says: ${cut(trouble, 160)}`)] : []),
  ];
  const isPlace = endpoints.length > 0 || uses.length > 0;
  if (!certificate)
    reasons.push(
      isPlace
        ? ok('place', 'it names where a certificate is served')
        : unknown('no-certificate', `${source} knows no certificate of it`),
    );
  return { subject: entry.id, health: worstOf(reasons), reasons: shortened(reasons), served: [] };
};
