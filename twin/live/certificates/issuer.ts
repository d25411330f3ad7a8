import type { Authority } from './authority.ts';
import { chainPem, derOf, type Identity, issue, keyPem, newKeys } from './issue.ts';
import type { Issued, Site } from './sites.ts';

const dayMs = 86_400_000;
const lifeDays = 90;

/** How old it is when it is issued, and how long it lives, in days. */
export type Age = { ageDays?: number; lifeDays?: number };

/** A certificate for a host with keys of its own, as a server wants it, and its chain as a log does. */
export const issueFor = async (
  { intermediate, root }: Authority,
  host: string,
  { ageDays = 0, lifeDays: life = lifeDays }: Age = {},
): Promise<{ issued: Issued; chain: Buffer[] }> => {
  const fromMs = Date.now() - ageDays * dayMs;
  const leaf = await issue({
    subject: `CN=${host}`,
    names: [host],
    keys: await newKeys('ecdsa'),
    issuer: intermediate,
    notBefore: new Date(fromMs),
    notAfter: new Date(fromMs + life * dayMs),
  });
  return { issued: await asIssued(leaf, intermediate), chain: [leaf, intermediate, root].map(derOf) };
};

/** What a control serves: a certificate that ended long ago, or one whose issuer nobody can find. */
export const controlFor = async (authority: Authority, { host, control }: Site): Promise<Issued> => {
  if (control === 'expired') return (await issueFor(authority, host, { ageDays: lifeDays + 30 })).issued;
  const stranger = await issue({
    subject: 'CN=Nobody Knows, O=Nowhere',
    keys: await newKeys('ecdsa'),
    authority: true,
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + 3650 * dayMs),
  });
  return (await issueFor({ root: stranger, intermediate: stranger }, host, { lifeDays: 3650 })).issued;
};

const asIssued = async (leaf: Identity, above: Identity): Promise<Issued> => ({
  chain: chainPem(leaf, above),
  key: await keyPem(leaf.keys),
  certificate: derOf(leaf).toString('base64'),
  atMs: Date.now(),
});
