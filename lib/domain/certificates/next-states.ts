import type { CertificateState, Finding, InventoryEntry } from '../../contracts/certificate.ts';
import type { CertificatePolicy } from '../../contracts/certificate-policy.ts';
import { type Instant, secondsBetween } from '../../contracts/instant.ts';
import type { ServiceName } from '../../contracts/names.ts';
import type { Intended } from './intended.ts';
import type { Judgement } from './judge-all.ts';

/** A change that people are told of: from what was known to what is found. */
export type Change = { state: CertificateState; was: CertificateState | undefined };

type Known = {
  judgement: Judgement;
  before: readonly CertificateState[];
  /** The services whose users come in at an endpoint, by its name (catalog). */
  servicesAt: ReadonlyMap<string, readonly ServiceName[]>;
  policy: Pick<CertificatePolicy, 'unknownGraceSeconds'>;
  now: Instant;
};

/**
 * What is known from now on, and what of it people must be told. Rule: BAD at once; UNKNOWN when it has lasted longer than its grace;
 * good again when they were told that it was not. What is as it was is told once.
 */
export const nextStates = (known: Known): { states: CertificateState[]; changes: Change[]; gone: string[] } => {
  const before = new Map(known.before.map((state) => [state.subject, state]));
  const all = [...known.judgement.findings.values()].map((finding) => {
    const was = before.get(finding.subject);
    return { was, ...advanced(stateOf(finding, was, known), was, known) };
  });
  const gone = known.before.filter(({ subject }) => !known.judgement.findings.has(subject));
  return {
    states: all.map(({ state }) => state),
    changes: [
      ...all.flatMap(({ state, was, tells }) => (tells ? [{ state, was }] : [])),
      ...gone.filter(({ told }) => told).map((was) => ({ state: settled(was, known.now), was })),
    ],
    gone: gone.map(({ subject }) => subject),
  };
};

/** What people were told of, and there is nothing more to say about: a source knows it now, or can be read again. */
const settled = (was: CertificateState, now: Instant): CertificateState => ({
  ...was,
  health: 'OK',
  since: now,
  told: false,
  reasons: [{ rule: 'settled', health: 'OK', says: 'it is known now, or can be read again' }],
});

type Untimed = Omit<CertificateState, 'since' | 'told'>;

const advanced = (
  untimed: Untimed,
  was: CertificateState | undefined,
  { policy, now }: Known,
): { state: CertificateState; tells: boolean } => {
  const same = was?.health === untimed.health;
  const since = same ? was.since : now;
  const told = was?.told ?? false;
  const tells = mustTell(untimed, { told, since, worsened: !same }, policy, now);
  return { state: { ...untimed, since, told: untimed.health === 'OK' ? false : told || tells }, tells };
};

const mustTell = (
  { health }: Untimed,
  { told, since, worsened }: { told: boolean; since: Instant; worsened: boolean },
  { unknownGraceSeconds }: Known['policy'],
  now: Instant,
): boolean => {
  if (health === 'OK') return told;
  if (health === 'BAD') return worsened || !told;
  return !told && secondsBetween(since, now) >= unknownGraceSeconds;
};

const stateOf = (
  finding: Finding,
  was: CertificateState | undefined,
  { judgement, servicesAt, now }: Known,
): Untimed => {
  const entry = judgement.entries.get(finding.subject);
  const intended = judgement.intended.get(finding.subject);
  const missed = finding.reasons.some(({ rule }) => rule === 'vanished' || rule === 'unread');
  return {
    ...finding,
    seenAt: missed && was ? was.seenAt : now,
    services: [...servicesOf(entry, intended, servicesAt.get(finding.subject) ?? [])],
    ...(entry && { entry }),
    ...endpointOf(intended, was),
    ...lifeOf(finding, entry),
  };
};

const endpointOf = (intended: Intended | undefined, was: CertificateState | undefined) => {
  const endpoint = intended?.endpoint ?? was?.endpoint;
  return endpoint && { endpoint };
};

const servicesOf = (
  entry: InventoryEntry | undefined,
  intended: Intended | undefined,
  named: readonly ServiceName[],
): Set<ServiceName> => {
  const entries = [...(entry ? [entry] : []), ...(intended?.entries ?? [])];
  return new Set([...named, ...entries.flatMap(({ service }) => service ?? [])]);
};

/** What ends first: of an entry its certificate, of an endpoint what is served there. */
const lifeOf = ({ served }: Finding, entry: InventoryEntry | undefined) => {
  const all = [...(entry?.certificate ? [entry.certificate] : []), ...served];
  const first = all.sort((a, b) => a.notAfter.localeCompare(b.notAfter))[0];
  return first && { life: { notBefore: first.notBefore, notAfter: first.notAfter } };
};
