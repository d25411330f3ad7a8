import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fetchFrom, mostBytes } from '../../../lib/adapters/tls/revocation/fetch.ts';
import { revocationsOf } from '../../../lib/adapters/tls/revocation/revocations.ts';
import { readStaple } from '../../../lib/adapters/tls/revocation/staple.ts';
import { derOf, type Identity } from '../../../twin/live/certificates/issue.ts';
import { ocspStaple, revocationList } from '../../../twin/live/certificates/revocation.ts';
import { days, newPki, type Pki } from '../../live/certificates/support/pki.ts';

let pki: Pki;
let leaf: Identity;
let staple: Buffer;
beforeAll(async () => {
  pki = await newPki();
  leaf = await pki.leaf({ host: 'shop.test', crl: 'http://lists.test/a.crl' });
  staple = await ocspStaple({ leaf, issuer: pki.intermediate, thisUpdate: days(-1), nextUpdate: days(1) });
});

const x509 = (identity: Identity) => new X509Certificate(derOf(identity));
const read = (bytes: Buffer) => readStaple(bytes, x509(leaf), x509(pki.intermediate), new Date());

test('no byte of a staple can be changed without its being noticed, and nothing throws', () => {
  expect(read(staple)).toMatchObject({ state: 'good' });
  fc.assert(
    fc.property(fc.nat(staple.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(staple);
      changed[at] = (changed[at] ?? 0) ^ change;
      const said = read(changed);
      // What is outside of the signed part may be written in another way, and say the same.
      if (said.state !== 'unknown') expect(said).toEqual(read(staple));
    }),
    { numRuns: 300 },
  );
});

test('anything at all in place of a staple is unknown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(read(Buffer.from(bytes))).toMatchObject({ state: 'unknown', by: 'staple' });
    }),
  );
});

describe('lists of revoked certificates', () => {
  const ask = async (
    fetched: () => Promise<Buffer>,
    known: readonly X509Certificate[] = [],
    sent = [pki.intermediate],
  ) => revocationsOf(fetched, known)([leaf, ...sent].map(derOf), undefined);
  const listBy = (issuer: Identity, revoked: Identity[] = []) => revocationList(issuer, revoked, days(-1), days(1));

  test('one that the issuer did not sign says nothing', async () => {
    const list = await listBy(pki.stranger);
    expect(await ask(async () => list)).toEqual([
      expect.objectContaining({
        state: 'unknown',
        reason: expect.stringContaining("not signed by the certificate's issuer"),
      }),
    ]);
  });

  test('an issuer that is not sent may be known all the same', async () => {
    const list = await listBy(pki.intermediate, [leaf]);
    expect(await ask(async () => list, [], [])).toMatchObject([{ state: 'unknown' }]);
    expect(await ask(async () => list, [x509(pki.intermediate)], [])).toMatchObject([{ state: 'revoked', by: 'crl' }]);
  });

  test('one that cannot be read or had is unknown, with the reason', async () => {
    expect(await ask(async () => Buffer.from('no list'))).toMatchObject([{ state: 'unknown', by: 'crl' }]);
    const refused = async () => Promise.reject(new Error('nobody there'));
    expect(await ask(refused)).toMatchObject([{ state: 'unknown', reason: expect.stringContaining('nobody there') }]);
  });

  test('each is fetched once, however many addresses serve the certificate', async () => {
    const list = await listBy(pki.intermediate);
    let fetches = 0;
    const ask = revocationsOf(async () => {
      fetches += 1;
      return list;
    }, []);
    const other = await pki.leaf({ host: 'other.test', crl: 'http://lists.test/a.crl' });
    for (const each of [leaf, leaf, other]) await ask([each, pki.intermediate].map(derOf), undefined);
    expect(fetches).toBe(1);
  });

  test('a certificate that names no list has none', async () => {
    const plain = await pki.leaf({ host: 'plain.test' });
    const never = async () => Promise.reject(new Error('asked'));
    expect(await revocationsOf(never, [])([plain, pki.intermediate].map(derOf), undefined)).toEqual([]);
  });
});

test('fetching ends at a size, at any answer but 200, and when the rest is cut off', async () => {
  const server = createServer(({ url }, response) => {
    if (url === '/large') response.end(Buffer.alloc(mostBytes + 1));
    else if (url === '/moved') response.writeHead(302, { location: 'http://127.0.0.1/' }).end();
    else if (url === '/cut') response.writeHead(200, { 'content-length': 10 }).write('abc', () => response.destroy());
    else response.end('list');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = (path: string) => new URL(path, `http://lists.test:${(server.address() as AddressInfo).port}`);
  try {
    expect((await fetchFrom(at('/list'), '127.0.0.1')).toString()).toBe('list');
    await expect(fetchFrom(at('/large'), '127.0.0.1')).rejects.toThrow(/sends more than/);
    await expect(fetchFrom(at('/moved'), '127.0.0.1')).rejects.toThrow(/answered 302/);
    await expect(fetchFrom(at('/cut'), '127.0.0.1')).rejects.toThrow();
  } finally {
    server.close();
  }
});
