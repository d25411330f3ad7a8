import { Resolver } from 'node:dns/promises';
import { afterEach, expect, test } from '@jest/globals';
import { caaRecordsOver } from '../../lib/adapters/dns/caa.ts';
import { describeCaa } from '../contracts/caa.contract.ts';
import { startDns, type Zone } from '../support/dns.ts';

const issue = (value: string, flags = 0) => ({ flags, tag: 'issue', value });
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const recordsIn = async (zone: Zone) => {
  const { server, asked, close } = await startDns(zone);
  closing.push(close);
  const resolver = new Resolver({ timeout: 300, tries: 1 });
  resolver.setServers([server]);
  return { port: caaRecordsOver((domain) => resolver.resolveCaa(domain)), asked };
};

describeCaa('DNS', async () => {
  const { port } = await recordsIn({ 'named.example': { caa: [issue('good.example')] } });
  return { port, named: 'named.example', without: 'without.example' };
});

test('the nearest name with records decides', async () => {
  const { port } = await recordsIn({
    'example.com': { caa: [issue('letsencrypt.org')] },
    'shop.example.com': { caa: [issue('amazon.com', 128), { flags: 0, tag: 'iodef', value: 'mailto:a@example.com' }] },
    'www.shop.example.com': {},
  });
  expect(await port.find(['www.shop.example.com', 'other.example.com'])).toEqual([
    {
      state: 'read',
      name: 'www.shop.example.com',
      at: 'shop.example.com',
      records: expect.arrayContaining([
        { critical: true, tag: 'issue', value: 'amazon.com' },
        { critical: false, tag: 'iodef', value: 'mailto:a@example.com' },
      ]),
    },
    {
      state: 'read',
      name: 'other.example.com',
      at: 'example.com',
      records: [{ critical: false, tag: 'issue', value: 'letsencrypt.org' }],
    },
  ]);
});

test('where nobody has records anybody may issue', async () => {
  const { port, asked } = await recordsIn({});
  expect(await port.find(['www.example.com'])).toEqual([{ state: 'read', name: 'www.example.com', records: [] }]);
  expect(asked).toEqual(['www.example.com', 'example.com', 'com']);
});

test('an alias has the records of what it stands for', async () => {
  const { port } = await recordsIn({
    'www.example.com': { alias: 'd1.cloudfront.example' },
    'd1.cloudfront.example': { caa: [issue('amazon.com')] },
  });
  expect(await port.find(['www.example.com'])).toMatchObject([
    { at: 'www.example.com', records: [{ value: 'amazon.com' }] },
  ]);
});

test('an alias to a name without records: whoever is above the alias decides', async () => {
  const { port } = await recordsIn({
    'www.example.com': { alias: 'd1.cloudfront.example' },
    'd1.cloudfront.example': {},
    'example.com': { caa: [issue('amazon.com')] },
  });
  expect(await port.find(['www.example.com'])).toMatchObject([{ at: 'example.com' }]);
});

test.each([
  ['servfail', 'ESERVFAIL'],
  ['refused', 'EREFUSED'],
  ['silent', 'ETIMEOUT'],
] as const)('a name server that is %s is no permission: nothing above it is asked', async (fails, code) => {
  const { port, asked } = await recordsIn({
    'shop.example.com': { fails },
    'example.com': { caa: [issue('amazon.com')] },
  });
  expect(await port.find(['shop.example.com'])).toEqual([
    { state: 'unread', name: 'shop.example.com', reason: `shop.example.com: ${code}` },
  ]);
  expect(asked).not.toContain('example.com');
});

test('what many names share is asked once', async () => {
  const { port, asked } = await recordsIn({ 'example.com': { caa: [issue('amazon.com')] } });
  const names = Array.from({ length: 40 }, (_, index) => `host-${index}.example.com`);
  expect(await port.find(names)).toHaveLength(40);
  expect(asked.filter((name) => name === 'example.com')).toHaveLength(1);
});
