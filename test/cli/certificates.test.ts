import { describe, expect, test } from '@jest/globals';
import { aState } from '../contracts/certificates.contract.ts';
import { documents, evenkeel } from './support/host.ts';
import { aShop } from './support/shop.ts';

const good = aState({
  subject: 'acm:good',
  health: 'OK',
  reasons: [],
  life: { notBefore: '2026-04-01T00:00:00.000Z', notAfter: '2026-07-01T00:00:00.000Z' },
});

describe('certificates', () => {
  test('lists the worst first, with what is left and where it is served, and is not well', async () => {
    const { plane } = await aShop();
    await plane.ports.certificates.keep([good, aState()]);
    const { code, out } = await evenkeel({ plane }, 'certificates');
    expect(code).toBe(1);
    const lines = out.trim().split('\n');
    expect(lines[1]).toMatch(
      /^BAD +https:\/\/shop.example.com:443 +0 % +2026-05-01 +192.0.2.1 +192.0.2.1: it expired$/,
    );
    expect(lines[2]).toMatch(/^OK +acm:good +\d+ % +2026-07-01 +192.0.2.1$/);
  });

  test('as JSON, and well when all are', async () => {
    const { plane } = await aShop();
    await plane.ports.certificates.keep([good]);
    const ended = await evenkeel({ plane }, 'certificates', '--json');
    expect(ended.code).toBe(0);
    expect(documents(ended)).toMatchObject([
      { certificates: [{ subject: 'acm:good', leftShare: expect.any(Number) }] },
    ]);
  });

  test('of nothing says what to do', async () => {
    const { plane } = await aShop();
    const { out } = await evenkeel({ plane }, 'certificates', 'list');
    expect(out).toMatch(/evenkeel certificates check/);
  });

  test('check asks by an event, and follows it to its end', async () => {
    const { plane, twin } = await aShop();
    const ended = await evenkeel({ plane }, 'certificates', 'check', '--request-id', 'r1', '--json');
    expect(twin.heard.map(({ type }) => type)).toContain('CertificateCheckRequested');
    expect(documents(ended).at(-1)).toMatchObject({
      type: 'outcome',
      name: 'certificates-r1',
      status: 'checked',
      ok: true,
    });
    expect(ended.code).toBe(0);
  });

  test('forget takes an entry with its places, and leaves who said so', async () => {
    const { plane, twin } = await aShop();
    const endpoint = { host: 'shop.example.com', port: 443, protocol: 'https' } as const;
    const entry = {
      id: 'acm:good',
      source: 'acm',
      names: [],
      renewer: 'acm',
      uses: [],
      endpoints: [endpoint],
    } as const;
    await plane.ports.certificates.keep([
      { ...good, entry: { ...entry, names: [], uses: [], endpoints: [endpoint] } },
      aState(),
    ]);
    const { code } = await evenkeel({ plane }, 'certificates', 'forget', 'acm:good');
    expect(code).toBe(0);
    expect(await plane.ports.certificates.all()).toEqual([]);
    expect(twin.world.ledger.get('evenkeel')?.at(-1)?.says).toBe(
      'alice says that acm:good is gone, or known, on purpose',
    );
  });

  test('forget of what is not known is refused', async () => {
    const { plane } = await aShop();
    const { code, err } = await evenkeel({ plane }, 'certificates', 'forget', 'acm:gone');
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/^InputInvalid: subject: "acm:gone" is not known/),
    });
  });
});
