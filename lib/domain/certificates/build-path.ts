import { type Instant, toMs } from '../../contracts/instant.ts';
import type { Anchors, Link } from './anchors.ts';
import { cut, moment } from './say.ts';

/** A way from a leaf to what is trusted, or why there is none. */
export type Path = { found: true; links: Link[] } | { found: false; reason: string };

const mostLinks = 8;
/** A chain made to keep us busy is no chain: each look at a candidate counts. */
const mostLooks = 64;

/**
 * Tries every issuer of every certificate, those that are trusted first. Rule: a chain is good when one good way leads up; an
 * alternative root that has expired (a cross-signed chain) takes nothing from it.
 */
export const buildPath = (leaf: Link, sent: readonly Link[], anchors: Anchors, now: Instant): Path => {
  const search = { sent, anchors, now, looks: mostLooks, dead: '' };
  const links = climb(leaf, [leaf], search);
  if (links) return { found: true, links };
  return { found: false, reason: search.looks <= 0 ? 'its chain is a maze without a way to a root' : search.dead };
};

type Search = { sent: readonly Link[]; anchors: Anchors; now: Instant; looks: number; dead: string };

const climb = (link: Link, path: readonly Link[], search: Search): Link[] | undefined => {
  if (search.anchors.has(link)) return [...path];
  if (path.length >= mostLinks) return undefined;
  const named = [...search.anchors.named(link.x509.issuer), ...search.sent].filter(
    (one) => one.x509.subject === link.x509.issuer && !path.some(({ fingerprint }) => fingerprint === one.fingerprint),
  );
  if (named.length === 0) search.dead ||= nobodyAbove(link);
  for (const issuer of named) {
    search.looks -= 1;
    if (search.looks <= 0) return undefined;
    const flaw = flawOf(link, issuer, search);
    if (flaw) search.dead ||= flaw;
    const found = flaw ? undefined : climb(issuer, [...path, issuer], search);
    if (found) return found;
  }
  return undefined;
};

const nameOf = (name: string | undefined): string =>
  cut((name ?? '').split('\n').join(', ') || 'a nameless authority', 120);

const nobodyAbove = ({ x509 }: Link): string =>
  x509.subject === x509.issuer
    ? `${nameOf(x509.subject)} signed itself, and is not trusted`
    : `the certificate of its issuer ${nameOf(x509.issuer)} is not sent, and is no root that is trusted`;

const flawOf = (below: Link, { x509, ...rest }: Link, { anchors, now }: Search): string | undefined => {
  const name = nameOf(x509.subject);
  if (!x509.ca) return `${name} may not issue certificates`;
  // From the text: where it is no date, `validToDate` has whatever was in memory.
  const [from, to] = [new Date(x509.validFrom), new Date(x509.validTo)];
  if (!(toMs(now) <= to.getTime())) return `${name} above it expired on ${dayOf(to)}`;
  if (!(toMs(now) >= from.getTime())) return `${name} above it is good only from ${dayOf(from)}`;
  return anchors.signed(below, { x509, ...rest }) ? undefined : `${name} is there, but did not sign it`;
};

const dayOf = (date: Date): string => (Number.isNaN(date.getTime()) ? 'no date at all' : moment(date.toISOString()));
