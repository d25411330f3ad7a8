import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Endpoint, Finding, Health, Protocol } from '../../../lib/contracts/certificate.ts';
import { derOf, type Identity } from '../../../twin/live/certificates/issue.ts';
import type { Behaviour } from '../../../twin/live/certificates/listener.ts';
import { ocspStaple, revocationList } from '../../../twin/live/certificates/revocation.ts';
import { days, newPki, type Pki, serve } from './support/pki.ts';
import { addresses, Sites } from './support/sites.ts';

/*
 * Every fault that a certificate was seen to have in the world: a real listener, a real handshake, and what is said of it. Each
 * host exists for one line of the table.
 */

type World = { pki: Pki; host: string; protocol: Protocol; listAt: (list: Buffer) => Promise<string> };
type Served = { at: readonly (Behaviour | 'refused')[]; issued?: Identity; hsts?: boolean };
type Fault = {
  fault: string;
  serves(world: World): Promise<Served>;
  health: Health;
  /** The sentence; for an OK, any of those that are said. */
  says: RegExp;
  protocol?: Protocol;
  address?: string;
};

let pki: Pki;
let sites: Sites;
const lists = createServer((request, response) => response.end(byPath.get(request.url ?? '')));
const byPath = new Map<string, Buffer>();

beforeAll(async () => {
  pki = await newPki();
  sites = new Sites(pki.root);
  await new Promise<void>((resolve) => lists.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await sites.close();
  lists.close();
});

const listAt = async (list: Buffer): Promise<string> => {
  const path = `/${byPath.size}.crl`;
  byPath.set(path, list);
  return `http://127.0.0.1:${(lists.address() as AddressInfo).port}${path}`;
};

const good = async ({ pki, host, protocol }: World, changes: Partial<Behaviour> = {}): Promise<Behaviour> => ({
  protocol,
  served: [await serve(await pki.leaf({ host }), pki.intermediate)],
  ...changes,
});

const leafOnly =
  (change: Partial<Parameters<Pki['leaf']>[0]>) =>
  async (world: World): Promise<Served> => {
    const leaf = await world.pki.leaf({ host: world.host, ...change });
    return { at: [await good(world, { served: [await serve(leaf, world.pki.intermediate)] })] };
  };

const chain =
  (pick: (pki: Pki) => { issuer: Identity; above: Identity[] }) =>
  async (world: World): Promise<Served> => {
    const { issuer, above } = pick(world.pki);
    const leaf = await world.pki.leaf({ host: world.host, issuer });
    return { at: [await good(world, { served: [await serve(leaf, ...above)] })] };
  };

type Staple = Partial<Parameters<typeof ocspStaple>[0]>;
const stapled =
  (change: (pki: Pki) => Staple) =>
  async (world: World): Promise<Served> => {
    const { pki } = world;
    const leaf = await pki.leaf({ host: world.host });
    const wish = { leaf, issuer: pki.intermediate, thisUpdate: days(-1), nextUpdate: days(1), ...change(pki) };
    return {
      at: [await good(world, { served: [await serve(leaf, pki.intermediate)], staple: await ocspStaple(wish) })],
    };
  };

/** A leaf that names a list; the list is made when the leaf is there. */
const listed =
  (revoked: boolean, until: Date) =>
  async (world: World): Promise<Served> => {
    const { pki, host, listAt } = world;
    const crl = await listAt(Buffer.alloc(0));
    const leaf = await pki.leaf({ host, crl });
    byPath.set(new URL(crl).pathname, await revocationList(pki.intermediate, revoked ? [leaf] : [], days(-3), until));
    return { at: [await good(world, { served: [await serve(leaf, pki.intermediate)] })] };
  };

const oldLeaf = async (world: World): Promise<Served> => {
  const { pki, host, protocol } = world;
  const old = await pki.leaf({ host, life: { notBefore: days(-60), notAfter: days(30) } });
  const issued = await pki.leaf({ host, life: { notBefore: days(-1), notAfter: days(89) } });
  const [first, second] = await Promise.all([issued, old].map((leaf) => serve(leaf, pki.intermediate)));
  if (!first || !second) throw new Error('nothing to serve');
  const [newest, before]: Behaviour[] = [first, second].map((one) => ({ protocol, served: [one] }));
  if (!newest || !before) throw new Error('nothing to serve');
  return { at: [newest, before, newest], issued };
};

const both = async (world: World): Promise<Served> => {
  const { pki, host } = world;
  const leaves = await Promise.all((['ecdsa', 'rsa'] as const).map((kind) => pki.leaf({ host, kind })));
  const served = await Promise.all(leaves.map((leaf) => serve(leaf, pki.intermediate)));
  return { at: [await good(world, { served })] };
};

const expired = { life: { notBefore: days(-90), notAfter: new Date(Date.now() - 1000) } };

const faults: Fault[] = [
  {
    fault: 'none',
    serves: leafOnly({}),
    health: 'OK',
    says: /^leads to O=Evenkeel Test, CN=Root$|^leads to CN=Root, O=Evenkeel Test$/,
  },
  {
    fault: 'none, with both kinds of key',
    serves: both,
    health: 'OK',
    says: /^it ends in 79 days, on .*: 88 % of its life of 90 days$/,
  },
  { fault: 'expired a second ago', serves: leafOnly(expired), health: 'BAD', says: /^it expired \d+ s ago, on / },
  {
    fault: 'not yet valid',
    serves: leafOnly({ life: { notBefore: days(3), notAfter: days(80) } }),
    health: 'BAD',
    says: /^it is good only from .*, in 2 days$/,
  },
  {
    fault: 'ending',
    serves: leafOnly({ life: { notBefore: days(-95), notAfter: days(5) } }),
    health: 'BAD',
    says: /^it ends in 4 days, .*, and it should have been renewed$/,
  },
  {
    fault: 'wrong name',
    serves: leafOnly({ names: ['other.test'] }),
    health: 'BAD',
    says: /^it is for other\.test, not for wrong-name\.test$/,
  },
  {
    fault: 'wildcard one level too deep',
    serves: leafOnly({ names: ['*.test'] }),
    health: 'BAD',
    says: /^it is for \*\.test, not for wildcard\.one-level-too-deep\.test$/,
  },
  {
    fault: 'SHA-1 leaf',
    serves: leafOnly({ hash: 'SHA-1' }),
    health: 'BAD',
    says: /is signed with .*sha-?1.*, which can be forged$/i,
  },
  {
    fault: 'SHA-1 intermediate',
    serves: chain(({ sha1Intermediate }) => ({ issuer: sha1Intermediate, above: [sha1Intermediate] })),
    health: 'BAD',
    says: /^.*Weak Intermediate.* is signed with .*, which can be forged$/,
  },
  {
    fault: 'old leaf on 1 of 3 addresses',
    serves: oldLeaf,
    health: 'BAD',
    says: /^it serves old-leaf-on-1-of-3-addresses\.test \(.{12}\) of .*, but the newest that was issued is /,
    address: '127.0.0.2',
  },
  {
    fault: 'missing intermediate',
    serves: chain(({ intermediate }) => ({ issuer: intermediate, above: [] })),
    health: 'BAD',
    says: /^the certificate of its issuer .*Intermediate.* is not sent, and is no root that is trusted$/,
  },
  {
    fault: 'expired intermediate',
    serves: chain(({ expiredIntermediate }) => ({ issuer: expiredIntermediate, above: [expiredIntermediate] })),
    health: 'BAD',
    says: /^.*Gone Intermediate.* above it expired on /,
  },
  {
    fault: 'unknown root',
    serves: chain(({ stranger }) => ({ issuer: stranger, above: [stranger] })),
    health: 'BAD',
    says: /Stranger.* signed itself, and is not trusted$/,
  },
  {
    fault: 'expired cross root beside a good one',
    serves: chain(({ intermediate, expiredCross, root }) => ({
      issuer: intermediate,
      above: [intermediate, expiredCross, root],
    })),
    health: 'OK',
    says: /^leads to .*Root/,
  },
  {
    fault: 'intermediates in the wrong order',
    serves: chain(({ intermediate, root }) => ({ issuer: intermediate, above: [root, intermediate] })),
    health: 'OK',
    says: /^leads to /,
  },
  {
    fault: 'refused',
    serves: async () => ({ at: ['refused'] }),
    health: 'UNKNOWN',
    says: /^no certificate was seen, refused: .*ECONNREFUSED/,
  },
  {
    fault: 'slow',
    serves: async (world) => ({ at: [await good(world, { fault: 'slow' })] }),
    health: 'UNKNOWN',
    says: /^no certificate was seen, timeout: no answer within 1 s$/,
  },
  {
    fault: 'reset',
    serves: async (world) => ({ at: [await good(world, { fault: 'reset' })] }),
    health: 'UNKNOWN',
    says: /^no certificate was seen, reset: /,
  },
  {
    fault: 'no TLS',
    serves: async (world) => ({ at: [await good(world, { fault: 'no-tls' })] }),
    health: 'BAD',
    says: /^it offers no handshake of TLS 1.2 or above: /,
  },
  {
    fault: 'refused at 1 of 2',
    serves: async (world) => ({ at: [await good(world), 'refused'] }),
    health: 'UNKNOWN',
    says: /^no certificate was seen, refused: /,
    address: '127.0.0.2',
  },
  {
    fault: 'unresolved',
    serves: async () => ({ at: [] }),
    health: 'UNKNOWN',
    says: /^unresolved\.test leads to no address: A: ENOTFOUND$/,
  },
  {
    fault: 'TLS 1.1 accepted',
    serves: async (world) => ({ at: [await good(world, { minVersion: 'TLSv1.1' })] }),
    health: 'BAD',
    says: /^TLSv1\.1 is accepted$/,
  },
  {
    fault: 'TLS 1.0 accepted',
    serves: async (world) => ({ at: [await good(world, { minVersion: 'TLSv1' })] }),
    health: 'BAD',
    says: /^TLSv1 is accepted$/,
  },
  {
    fault: 'good staple',
    serves: stapled(() => ({})),
    health: 'OK',
    says: /^not revoked, says the stapled answer of /,
  },
  {
    fault: 'good staple of a delegate',
    serves: stapled(({ responder }) => ({ delegate: responder })),
    health: 'OK',
    says: /^not revoked, says the stapled answer of /,
  },
  {
    fault: 'revoked by staple',
    serves: stapled(() => ({ revoked: true })),
    health: 'BAD',
    says: /^it was revoked, says the stapled answer of /,
  },
  {
    fault: 'stale staple',
    serves: stapled(() => ({ thisUpdate: days(-9), nextUpdate: days(-2) })),
    health: 'UNKNOWN',
    says: /^the stapled answer ran out on /,
  },
  {
    fault: 'staple signed by a stranger',
    serves: stapled(({ stranger }) => ({ delegate: stranger })),
    health: 'UNKNOWN',
    says: /^the stapled answer could not be had: the staple is not signed by the certificate's issuer$/,
  },
  {
    fault: 'good by list',
    serves: listed(false, days(4)),
    health: 'OK',
    says: /^not revoked, says the list of its issuer of /,
  },
  {
    fault: 'revoked by list',
    serves: listed(true, days(4)),
    health: 'BAD',
    says: /^it was revoked, says the list of its issuer of /,
  },
  {
    fault: 'stale list',
    serves: listed(false, days(-1)),
    health: 'UNKNOWN',
    says: /^the list of its issuer ran out on /,
  },
  {
    fault: 'no HSTS',
    protocol: 'https',
    serves: async (world) => ({ at: [await good(world)], hsts: true }),
    health: 'BAD',
    says: /^Strict-Transport-Security is wanted, and is not sent$/,
  },
  {
    fault: 'HSTS',
    protocol: 'https',
    serves: async (world) => ({ at: [await good(world, { hsts: 'max-age=63072000' })], hsts: true }),
    health: 'OK',
    says: /^leads to /,
  },
  {
    fault: 'HSTS could not be read at 1 of 2',
    protocol: 'https',
    serves: async (world) => ({
      at: [await good(world, { hsts: 'max-age=63072000' }), await good(world, { protocol: 'tls' })],
      hsts: true,
    }),
    health: 'UNKNOWN',
    says: /^Strict-Transport-Security could not be read$/,
    address: '127.0.0.2',
  },
  {
    fault: 'redirect in plain text',
    protocol: 'https',
    serves: async (world) => ({ at: [await good(world, { redirect: 'http://plain.test/' })] }),
    health: 'BAD',
    says: /^https:\/\/redirect-in-plain-text\.test\/ leads to http:\/\/plain\.test\/, which is not encrypted$/,
  },
  {
    fault: 'PostgreSQL',
    protocol: 'postgres',
    serves: async (world) => ({ at: [await good(world)] }),
    health: 'OK',
    says: /^leads to /,
  },
  { fault: 'PostgreSQL expired', protocol: 'postgres', serves: leafOnly(expired), health: 'BAD', says: /^it expired / },
  {
    fault: 'PostgreSQL without TLS',
    protocol: 'postgres',
    serves: async (world) => ({ at: [await good(world, { fault: 'no-tls' })] }),
    health: 'BAD',
    says: /PostgreSQL answered "N" when asked for TLS$/,
  },
];

const hosts: Record<string, string> = { 'wildcard one level too deep': 'wildcard.one-level-too-deep.test' };
const hostOf = (fault: string): string =>
  hosts[fault] ??
  `${fault
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')}.test`;

const judge = async ({ fault, serves, protocol = 'tls' }: Fault): Promise<Finding> => {
  const host = hostOf(fault);
  const { at, ...options } = await serves({ pki, host, protocol, listAt });
  await sites.serve({ host, at });
  const endpoint: Endpoint = { host, port: 443, protocol };
  return sites.judge(endpoint, options);
};

test.each(faults)('$fault: $health', async (fault) => {
  const { health, reasons } = await judge(fault);
  const deciding = reasons.filter((reason) => reason.health === health);
  expect({ health, says: deciding.map(({ says }) => says) }).toMatchObject({
    health: fault.health,
    says: expect.arrayContaining([expect.stringMatching(fault.says)]),
  });
  if (fault.address !== undefined)
    expect(new Set(deciding.map(({ address }) => address))).toEqual(new Set([fault.address]));
});

test('every address of an old leaf is asked, and what each serves is told', async () => {
  const served = (await sites.judge({ host: 'old-leaf-on-1-of-3-addresses.test', port: 443, protocol: 'tls' })).served;
  expect(served.map(({ address }) => address)).toEqual([...addresses]);
  expect(served[0]?.leaf).toBe(served[2]?.leaf);
  expect(served[1]?.leaf).not.toBe(served[0]?.leaf);
});

const outside = ['93.184.215.14'];

const redirected = async (
  host: string,
  hop: Partial<Parameters<Pki['leaf']>[0]>,
  as: readonly string[],
): Promise<Finding> => {
  const world: World = { pki, host, protocol: 'https', listAt };
  const to = `over-${host}`;
  await sites.serve({ host, at: [await good(world, { redirect: `https://${to}/way?token=secret` })] });
  await sites.serve({ host: to, ...(await leafOnly(hop)({ ...world, host: to })), as });
  return sites.judge({ host, port: 443, protocol: 'https' });
};

test('redirect over a host with an expired certificate: BAD', async () => {
  const { health, reasons } = await redirected('redirect-expired.test', expired, outside);
  expect(health).toBe('BAD');
  expect(reasons).toContainEqual(
    expect.objectContaining({
      rule: 'expired',
      says: expect.stringMatching(/^its redirect leads over https:\/\/over-redirect-expired\.test:443: it expired /),
    }),
  );
});

test('redirect over a good host: OK, and what its address carried along is told nobody', async () => {
  const finding = await redirected('redirect-good.test', {}, outside);
  expect(finding.health).toBe('OK');
  expect(JSON.stringify(finding)).not.toContain('secret');
});

test('redirect to a private address that nobody named: not knocked at, and UNKNOWN', async () => {
  const { health, reasons } = await redirected('redirect-inside.test', expired, addresses);
  expect(health).toBe('UNKNOWN');
  expect(reasons.map(({ says }) => says)).toContainEqual(
    expect.stringMatching(/not asked: 127\.0\.0\.1 is not a public address, and nobody here named it$/),
  );
});

test('a deadline that is over leaves nothing out: each endpoint is told as timed out', async () => {
  const asked: Endpoint[] = [1, 2].map(() => ({ host: 'none.test', port: 443, protocol: 'tls' }));
  const readings = await sites.handshakes.probe(asked, new Date().toISOString());
  expect(readings).toHaveLength(2);
  for (const { handshakes, oldVersions } of readings) {
    expect(handshakes.every((one) => one.state === 'silent' && one.silence === 'timeout')).toBe(true);
    expect(oldVersions.every(({ answer }) => answer === 'unknown')).toBe(true);
  }
});

test('the chain is given as it was sent: order, strangers and doubles', async () => {
  const host = 'odd-chain.test';
  const { root, intermediate, stranger } = pki;
  const leaf = await pki.leaf({ host });
  const sent = [leaf, stranger, intermediate, intermediate, root];
  const [first, ...above] = sent;
  if (!first) throw new Error('nothing to serve');
  await sites.serve({ host, at: [{ protocol: 'tls', served: [await serve(first, ...above)] }] });
  const [reading] = await sites.handshakes.probe([{ host, port: 443, protocol: 'tls' }], days(1).toISOString());
  const served = reading?.handshakes.find(({ state }) => state === 'served');
  expect(served).toMatchObject({ chain: sent.map((each) => derOf(each).toString('base64')) });
});
