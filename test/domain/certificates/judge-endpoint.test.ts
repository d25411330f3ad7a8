import { describe, expect, test } from '@jest/globals';
import type { EndpointReading, Handshake, Silence } from '../../../lib/contracts/certificate.ts';
import { judgeEndpoint } from '../../../lib/domain/certificates/judge-endpoint.ts';
import { issue, newIdentity } from '../../../twin/certificates/issue.ts';
import {
  address,
  aReading,
  aStandard,
  base64,
  certificateIn,
  dayMs,
  expiredCross,
  expiredOldRoot,
  host,
  intermediate,
  intermediateDer,
  leafDer,
  nowMs,
  root,
  rootDer,
  served,
  verdictOf,
  verdictOfChain,
} from './authority.ts';

const weak = newIdentity('weak', 'Shop', 'weak-rsa');
const rsaIssuer = newIdentity('Good Intermediate', 'Good Authority', 'rsa');
const stranger = newIdentity('Strange Root', 'Strange Authority');
const lower = newIdentity('Lower Intermediate', 'Good Authority');
const life = { fromMs: nowMs - 100 * dayMs, toMs: nowMs + 100 * dayMs, authority: true };
/** Below the other intermediate, so it must be sent before it. */
const lowerDer = base64(issue(lower, intermediate, life));
const expiredIntermediate = base64(issue(intermediate, root, { ...life, toMs: nowMs - dayMs }));

describe('what is served, and what is said of it', () => {
  test.each<[string, string[], string | RegExp]>([
    ['a good chain', [leafDer(), intermediateDer], 'OK'],
    ['a good chain with its root', [leafDer(), intermediateDer, rootDer], 'OK'],
    [
      'a cross-signed chain whose other root has expired',
      [leafDer(), intermediateDer, expiredCross, expiredOldRoot],
      'OK',
    ],
    [
      'expired a second ago',
      [leafDer({ toMs: nowMs - 1000 }), intermediateDer],
      'BAD expired: it expired 1 s ago, on 2026-05-01 09:59 UTC',
    ],
    [
      'good only from tomorrow',
      [leafDer({ fromMs: nowMs + dayMs }), intermediateDer],
      'BAD not-yet: it is good only from 2026-05-02 10:00 UTC, in 24 h',
    ],
    [
      'nearly over',
      [leafDer({ fromMs: nowMs - 88 * dayMs, toMs: nowMs + 2 * dayMs }), intermediateDer],
      'BAD ending: it ends in 2 days, on 2026-05-03 10:00 UTC: 2 % of its life of 90 days, and it should have been renewed',
    ],
    [
      'for another name',
      [leafDer({ names: ['other.example.com'] }), intermediateDer],
      `BAD name: it is for other.example.com, not for ${host}`,
    ],
    ['for no name', [leafDer({ names: [] }), intermediateDer], `BAD name: it is for no name at all, not for ${host}`],
    ['for a wildcard one label above', [leafDer({ names: ['*.example.com'] }), intermediateDer], 'OK'],
    [
      'for a wildcard two labels above',
      [leafDer({ names: ['*.com'] }), intermediateDer],
      `BAD name: it is for *.com, not for ${host}`,
    ],
    [
      'for a wildcard at its own depth',
      [leafDer({ names: ['*.shop.example.com'] }), intermediateDer],
      `BAD name: it is for *.shop.example.com, not for ${host}`,
    ],
    [
      'without its intermediate',
      [leafDer()],
      'BAD chain: the certificate of its issuer O=Good Authority, CN=Good Intermediate is not sent, and is no root that is trusted',
    ],
    [
      'with the intermediate of another',
      [leafDer({}, rsaIssuer), intermediateDer],
      'BAD chain: O=Good Authority, CN=Good Intermediate is there, but did not sign it',
    ],
    [
      'with an intermediate that has expired',
      [leafDer(), expiredIntermediate],
      'BAD chain: O=Good Authority, CN=Good Intermediate above it expired on 2026-04-30 10:00 UTC',
    ],
    [
      'signed by itself',
      [leafDer({}, stranger, stranger)],
      /BAD chain: O=Strange Authority, CN=Strange Root signed itself, and is not trusted\nBAD issuer: it was issued by .*Strange/,
    ],
    [
      'in the wrong order',
      [leafDer({}, lower), intermediateDer, lowerDer],
      'BAD order: the certificates of its chain are sent in the wrong order',
    ],
    [
      'signed with SHA-1',
      [leafDer({ sha1: true }), intermediateDer],
      /BAD weak-signature: O=Shop, CN=server is signed with ecdsa-with-SHA1, which can be forged/,
    ],
    [
      'with a weak key',
      [leafDer({}, intermediate, weak), intermediateDer],
      'BAD weak-key: the key of O=Shop, CN=weak has 1024 bits, fewer than 2048',
    ],
    ['no certificate at all', ['AAAA'], 'BAD unreadable: what is served is no certificate'],
  ])('%s', (_, chain, expected) => {
    if (typeof expected === 'string') expect(verdictOfChain(...chain)).toBe(expected);
    else expect(verdictOfChain(...chain)).toMatch(expected);
  });
});

const silent = (silence: Silence, key: 'rsa' | 'ecdsa' = 'rsa'): Handshake => ({
  state: 'silent',
  address,
  key,
  silence,
  reason: 'it was so',
});

describe('where nothing is served', () => {
  test.each<[string, Partial<EndpointReading>, string]>([
    [
      'a name that leads nowhere',
      { addresses: [], handshakes: [], unresolved: 'NXDOMAIN' },
      `UNKNOWN unresolved: ${host} leads to no address: NXDOMAIN`,
    ],
    ['refused', { handshakes: [silent('refused')] }, 'UNKNOWN silent: no certificate was seen, refused: it was so'],
    ['too slow', { handshakes: [silent('timeout')] }, 'UNKNOWN silent: no certificate was seen, timeout: it was so'],
    ['not asked at all', { handshakes: [] }, 'UNKNOWN silent: it was not asked'],
    [
      'no handshake of ours',
      { handshakes: [silent('handshake-failed'), silent('no-tls', 'ecdsa')] },
      'BAD handshake: it offers no handshake of TLS 1.2 or above: it was so',
    ],
    ['one kind of key only', { handshakes: [silent('handshake-failed'), served([leafDer(), intermediateDer])] }, 'OK'],
    [
      'an old version accepted',
      { oldVersions: [{ address, version: 'TLSv1', answer: 'accepted' }] },
      'BAD old-version: TLSv1 is accepted',
    ],
    ['an old version refused', { oldVersions: [{ address, version: 'TLSv1', answer: 'refused' }] }, 'OK'],
    [
      'an old version of which nobody can tell',
      { oldVersions: [{ address, version: 'TLSv1.1', answer: 'unknown' }] },
      'UNKNOWN old-version: whether TLSv1.1 is refused could not be told',
    ],
  ])('%s', (_, differs, expected) => {
    expect(verdictOf(aReading(differs))).toBe(expected);
  });
});

describe('the newest that was issued', () => {
  const old = leafDer();
  const newest = leafDer({ fromMs: nowMs - dayMs });
  const issued = [certificateIn(newest)];
  const at = (where: string, leaf: string) => served([leaf, intermediateDer], { address: where });

  test('an old one at one address of three is BAD, and the address is named', () => {
    const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
    const handshakes = [at('192.0.2.1', newest), at('192.0.2.2', old), at('192.0.2.3', newest)];
    const finding = judgeEndpoint(aReading({ addresses, handshakes }), aStandard({ issued }));
    expect(finding.health).toBe('BAD');
    expect(finding.reasons[0]).toMatchObject({ rule: 'old-leaf', address: '192.0.2.2' });
    expect(finding.reasons[0]?.says).toMatch(
      /^it serves shop\.example\.com \(\w{12}\) of 2026-04-21 10:00 UTC, but the newest that was issued is shop\.example\.com \(\w{12}\) of 2026-04-30 10:00 UTC$/,
    );
    expect(finding.served.map(({ leaf }) => leaf)).toContain(certificateIn(old).fingerprint);
  });

  test('served at every address is OK', () => {
    expect(verdictOf(aReading({ handshakes: [at(address, newest)] }), aStandard({ issued }))).toBe('OK');
  });

  test('one address of which nothing was seen keeps the whole from being OK', () => {
    const reading = aReading({ addresses: [address, '2001:db8::1'], handshakes: [at(address, newest)] });
    expect(judgeEndpoint(reading, aStandard({ issued })).health).toBe('UNKNOWN');
  });
});

describe('HTTP', () => {
  const hop = (from: string, to: string) => ({ from, status: 301, to });
  test.each<[string, Partial<EndpointReading>, object, string]>([
    ['HSTS as wanted', { hsts: [{ address, header: 'max-age=63072000; includeSubDomains' }] }, { hsts: true }, 'OK'],
    ['HSTS not wanted', { hsts: [{ address, header: null }] }, {}, 'OK'],
    [
      'HSTS missing',
      { hsts: [{ address, header: null }] },
      { hsts: true },
      'BAD hsts: Strict-Transport-Security is wanted, and is not sent',
    ],
    [
      'HSTS of no time',
      { hsts: [{ address, header: 'max-age=0' }] },
      { hsts: true },
      'BAD hsts: Strict-Transport-Security is sent, but holds for no time: "max-age=0"',
    ],
    ['HSTS unread', {}, { hsts: true }, 'UNKNOWN hsts: Strict-Transport-Security could not be read'],
    [
      'a way as meant',
      { hops: [hop('https://shop.example.com/', 'https://www.example.com/')] },
      { redirects: ['https://www.example.com/'] },
      'OK',
    ],
    [
      'a way to elsewhere',
      { hops: [hop('https://shop.example.com/', 'https://evil.test/')] },
      { redirects: ['https://www.example.com/'] },
      'BAD redirect: it leads to https://evil.test/, not to https://www.example.com/',
    ],
    [
      'a way back to plain text',
      { hops: [hop('https://shop.example.com/', 'http://shop.example.com/')] },
      {},
      'BAD redirect: https://shop.example.com/ leads to http://shop.example.com/, which is not encrypted',
    ],
  ])('%s', (_, differs, meant, expected) => {
    expect(verdictOf(aReading(differs), aStandard({ meant }))).toBe(expected);
  });
});

describe('revocation', () => {
  const at = (revocation: Extract<Handshake, { state: 'served' }>['revocation']) =>
    verdictOf(aReading({ handshakes: [served([leafDer(), intermediateDer], { revocation })] }));
  const producedAt = '2026-04-30T10:00:00.000Z';

  test.each<[string, Parameters<typeof at>[0], string]>([
    ['good', [{ state: 'good', by: 'staple', producedAt, checkedUntil: '2026-05-02T10:00:00.000Z' }], 'OK'],
    [
      'revoked',
      [{ state: 'revoked', by: 'crl', producedAt }],
      'BAD revoked: it was revoked, says the list of its issuer of 2026-04-30 10:00 UTC',
    ],
    [
      'an answer that ran out',
      [{ state: 'good', by: 'staple', producedAt, checkedUntil: producedAt }],
      'UNKNOWN revocation: the stapled answer ran out on 2026-04-30 10:00 UTC',
    ],
    [
      'no answer',
      [{ state: 'unknown', by: 'crl', reason: 'no answer' }],
      'UNKNOWN revocation: the list of its issuer could not be had: no answer',
    ],
    [
      'good and revoked',
      [
        { state: 'good', by: 'staple', producedAt },
        { state: 'revoked', by: 'crl', producedAt },
      ],
      'BAD revoked: it was revoked, says the list of its issuer of 2026-04-30 10:00 UTC',
    ],
  ])('%s', (_, revocation, expected) => {
    expect(at(revocation)).toBe(expected);
  });
});
