import type { Certificate, Finding, InventoryEntry, LoggedCertificate } from '../../contracts/certificate.ts';
import type { CertificateSection } from '../../contracts/certificate-policy.ts';
import type { Instant } from '../../contracts/instant.ts';
import { toMs } from '../../contracts/instant.ts';
import { issuerOf } from './judge-leaf.ts';
import { bad, cut, moment, ok, unknown } from './say.ts';

/** A certificate is known by its issuer and serial: its precertificate has the same, and another fingerprint. */
const keyOf = ({ issuer, serial }: Pick<Certificate, 'issuer' | 'serial'>): string => `${serial}@${issuer}`;

export const isTransparency = ({ source }: Pick<InventoryEntry, 'source'>): boolean => source === 'transparency';

/** What a log showed as an entry, so that it is kept until a source knows it, it ends, or a person says that it is known. */
export const loggedEntry = ({ log, at, certificate }: LoggedCertificate): InventoryEntry => ({
  id: `transparency:${certificate.serial.slice(0, 64)}`,
  source: 'transparency',
  names: certificate.names.slice(0, 20),
  renewer: 'unknown',
  certificate: { ...certificate, names: certificate.names.slice(0, 20) },
  uses: [],
  endpoints: [],
  trouble: `logged by ${cut(log, 80)} on ${moment(at)}`,
});

/**
 * Rule: an issuance that no source knows is an incident. One by an issuer of ours may be one that is only on its way to us, so it is
 * UNKNOWN until its grace is over. Undefined: a source knows it, or it has ended, and there is nothing to keep.
 */
export const judgeLogged = (
  { id, certificate, names, trouble = 'logged' }: InventoryEntry,
  known: ReadonlySet<string>,
  { issuers }: Pick<CertificateSection, 'issuers'>,
  now: Instant,
): Finding | undefined => {
  if (!certificate || known.has(keyOf(certificate)) || toMs(certificate.notAfter) < toMs(now)) return undefined;
  const who = `${cut(certificate.issuer, 100)} issued a certificate for ${names
    .slice(0, 3)
    .map((name) => cut(name, 80))
    .join(', ')} (serial ${certificate.serial.slice(0, 40)}, ${trouble}) that no source knows`;
  const reason = issuerOf(certificate, issuers)
    ? unknown('unknown-issuance', `${who} yet`)
    : bad('unknown-issuance', `${who}, and who issued it is not among the issuers of the catalog`);
  return { subject: id, health: reason.health, reasons: [reason], served: [] };
};

/** All certificates that sources know. */
export const knownIssuances = (entries: readonly InventoryEntry[]): Set<string> =>
  new Set(
    entries
      .filter((entry) => !isTransparency(entry))
      .flatMap(({ certificate }) => (certificate ? [keyOf(certificate)] : [])),
  );

/** What a log says of itself: `log:<name>` is its subject. */
export const logFinding = (log: string, reading: { behind: number } | { reason: string }): Finding => {
  const reason =
    'reason' in reading
      ? unknown('log', `the log could not be read: ${cut(reading.reason, 160)}`)
      : reading.behind > 0
        ? unknown('log', `${reading.behind} entries of the log were not read yet`)
        : ok('log', 'read to its end');
  return { subject: `log:${cut(log, 200)}`, health: reason.health, reasons: [reason], served: [] };
};
