import type {
  Certificate,
  Finding,
  InventoryEntry,
  RenewalOutcome,
  RenewalWish,
  SourceReading,
} from '../../contracts/certificate.ts';
import { type Instant, toMs } from '../../contracts/instant.ts';
import type { LedgerFact } from '../../contracts/ledger.ts';
import type { Message } from '../../contracts/message.ts';
import type { ServiceName } from '../../contracts/names.ts';
import type { Failed } from '../../contracts/rollback.ts';
import { readCause } from '../release/read-cause.ts';
import { cut, moment, shortly } from './say.ts';

/** The same while the certificate is the same: asking twice is asking once. */
export const renewalIdOf = ({ entry }: RenewalWish): string =>
  `renew-${entry.certificate?.fingerprint.slice(0, 16) ?? 'none'}`;

/** The entry with a newer certificate, once its source knows one. */
export const reissued = ({ entry }: RenewalWish, readings: readonly SourceReading[]): InventoryEntry | undefined => {
  const entries = readings.flatMap((one) => (one.state === 'read' ? one.entries : []));
  const found = entries.find(({ id }) => id === entry.id);
  return found?.certificate && isNewer(found.certificate, entry.certificate) ? found : undefined;
};

const isNewer = (one: Certificate, before: Certificate | undefined): boolean =>
  !before || (one.fingerprint !== before.fingerprint && toMs(one.notBefore) >= toMs(before.notBefore));

/** Rule: served everywhere means that every address of every place serves it. No place to look at proves nothing. */
export const isServedEverywhere = (findings: readonly Finding[], certificate: Certificate): boolean =>
  findings.length > 0 &&
  findings.every(
    ({ served, reasons }) => served.some(({ leaf }) => leaf === certificate.fingerprint) && !reasons.some(keepsOut),
  );

const keepsOut = ({ rule }: { rule: string }): boolean =>
  ['old-leaf', 'silent', 'unresolved', 'handshake', 'not-asked'].includes(rule);

const chain = 'evenkeel';

export const renewalFact = (
  run: string,
  outcome: RenewalOutcome,
): Pick<LedgerFact, 'service' | 'key' | 'kind' | 'says' | 'data'> => ({
  service: chain,
  key: `${run}/renewal`,
  kind: 'certificate-renewal',
  says: `${outcome.subject}: ${outcome.says}`,
  data: { subject: outcome.subject, status: outcome.status },
});

const needPeople: readonly RenewalOutcome['status'][] = ['person', 'refused', 'not-served', 'failed'];

/** What people must know or do. The same certificate in the same state is told once, however often it is looked at. */
export const renewalMessage = (
  wish: RenewalWish,
  { subject, status, says }: RenewalOutcome,
  now: Instant,
): Message | undefined => {
  if (!needPeople.includes(status)) return undefined;
  const fingerprint = wish.entry.certificate?.fingerprint.slice(0, 16) ?? 'none';
  const [service = chain]: ServiceName[] = wish.services;
  return {
    id: `renewal-${fingerprint}-${status}`,
    service,
    kind: 'certificate',
    subject:
      status === 'person'
        ? `a person must renew ${subject} by ${moment(wish.deadline)}`
        : `${subject} (${fingerprint}): ${status}`,
    body: says,
    at: now,
  };
};

export const personSays = ({ entry, deadline }: RenewalWish): string =>
  `nobody but a person can renew ${entry.certificate ? shortly(entry.certificate) : entry.id}; do it, and import the new one, by ${moment(deadline)}`;

/** How a renewal went, step by step; null where it did not come so far. */
export type RenewalFacts = {
  wish: RenewalWish;
  asked: 'requested' | 'person' | 'nothing' | null;
  /** With its new certificate. */
  entry: InventoryEntry | null;
  served: { everywhere: boolean; findings: Finding[] } | null;
  failed: Failed | null;
};

/** Others go first, or a freeze holds; the next run tries again. */
const heldBack: readonly string[] = ['ReleaseAlreadyRunning', 'LeaseLost', 'ChangesFrozen', 'NothingLive'];

/** Rule: a renewal has succeeded when the new certificate is served everywhere, and not before. */
export const renewalOutcome = (facts: RenewalFacts): RenewalOutcome => {
  const { wish, served } = facts;
  return { subject: wish.entry.id, findings: (served?.findings ?? []).map(brief), ...statusOf(facts) };
};

const statusOf = ({ wish, asked, entry, served, failed }: RenewalFacts): Pick<RenewalOutcome, 'status' | 'says'> => {
  if (failed) return { status: failureStatus(failed), says: cut(readCause(failed).reason, 400) };
  if (asked === 'person') return { status: 'person', says: personSays(wish) };
  const certificate = entry?.certificate ?? (wish.renew ? undefined : wish.entry.certificate);
  if (!certificate)
    return { status: 'waiting', says: 'a new one was asked for, and is not issued yet; the next run looks again' };
  if (wish.endpoints.length === 0)
    return {
      status: 'served',
      says: `${shortly(certificate)} was issued, and no place is known where it must be served`,
    };
  if (served?.everywhere) return { status: 'served', says: `${shortly(certificate)} is served at every address` };
  return {
    status: 'not-served',
    says: `${shortly(certificate)} was issued, but is not served everywhere: ${whereNot(served?.findings ?? [])}`,
  };
};

const failureStatus = ({ error }: Failed): RenewalOutcome['status'] =>
  error === 'RenewalRefused' ? 'refused' : heldBack.includes(error) ? 'held-back' : 'failed';

const whereNot = (findings: readonly Finding[]): string => {
  const reasons = findings.flatMap(({ subject, reasons }) =>
    reasons.filter(keepsOut).map((reason) => ({ ...reason, subject })),
  );
  const said = reasons
    .slice(0, 3)
    .map(
      ({ subject, address, says }) => `${subject}${address === undefined ? '' : ` at ${address}`}: ${cut(says, 200)}`,
    );
  return said.join('; ') || 'it was not looked at';
};

/** Few reasons: what goes through a machine must stay small. */
const brief = (finding: Finding): Finding => ({
  ...finding,
  reasons: finding.reasons.slice(0, 3),
  served: finding.served.slice(0, 6),
});
