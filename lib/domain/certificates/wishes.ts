import { endpointName, type Finding, type InventoryEntry, type RenewalWish } from '../../contracts/certificate.ts';
import type { CertificatePolicy } from '../../contracts/certificate-policy.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { Intended } from './intended.ts';
import type { Judgement } from './judge-all.ts';
import { isTransparency } from './judge-transparency.ts';
import { isDue, momentOf } from './lifetime.ts';

/** As many as one run has time for, and as fit into its history. The others come with the next run. */
const mostWishes = 10;
/** Of one certificate; the others are judged by the next run. */
const mostEndpoints = 5;

/**
 * What must be done: a certificate that is due, or said to be in trouble, is asked for anew; pods that serve an old one are started
 * anew. Those that end first come first.
 */
export const wishesOf = (
  judgement: Judgement,
  policy: CertificatePolicy,
  now: Instant,
): { wishes: RenewalWish[]; left: number } => {
  const all = [...judgement.entries.values()]
    .flatMap((entry) => wishOf(entry, judgement, policy, now) ?? [])
    .sort((a, b) => a.deadline.localeCompare(b.deadline));
  return { wishes: all.slice(0, mostWishes), left: Math.max(0, all.length - mostWishes) };
};

const wishOf = (
  entry: InventoryEntry,
  { findings, intended }: Judgement,
  policy: CertificatePolicy,
  now: Instant,
): RenewalWish | undefined => {
  const { certificate } = entry;
  if (!certificate || isTransparency(entry) || isMissed(findings.get(entry.id))) return undefined;
  const places = [...intended.values()].filter((one) => one.entries.some(({ id }) => id === entry.id));
  const stale = places.filter(({ endpoint }) => servesOld(findings.get(endpointName(endpoint))));
  const renew = isDue(certificate, policy, now) || entry.trouble !== undefined;
  const services = [...new Set((renew ? places : stale).flatMap(servicesAt))];
  if (!renew && (services.length === 0 || !isNewestOf(entry, stale))) return undefined;
  return {
    entry: slim(entry),
    endpoints: (renew ? places : stale).slice(0, mostEndpoints).map(({ endpoint }) => endpoint),
    renew,
    services,
    deadline: momentOf(certificate, policy.badShare),
  };
};

/** What its source does not know any more cannot be renewed there. */
const isMissed = (finding: Finding | undefined): boolean =>
  finding?.reasons.some(({ rule }) => rule === 'vanished' || rule === 'unread') ?? false;

const servesOld = (finding: Finding | undefined): boolean =>
  finding?.reasons.some(({ rule }) => rule === 'old-leaf') ?? false;

/** Where two certificates are meant, only the one that should be served asks for pods to be started. */
const isNewestOf = ({ certificate }: InventoryEntry, places: readonly Intended[]): boolean =>
  places.some(({ issued }) => issued.some(({ fingerprint }) => fingerprint === certificate?.fingerprint));

const servicesAt = ({ entries }: Intended): string[] => entries.flatMap(({ service }) => service ?? []);

const mostNames = 10;

/** Without what a renewal does not ask: hundreds of names would not fit into a machine's history. */
const slim = (entry: InventoryEntry): InventoryEntry => ({
  ...entry,
  names: entry.names.slice(0, mostNames),
  uses: [],
  endpoints: [],
  ...(entry.certificate && {
    certificate: { ...entry.certificate, names: entry.certificate.names.slice(0, mostNames) },
  }),
});
