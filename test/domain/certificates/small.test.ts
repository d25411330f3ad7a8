import { describe, expect, test } from '@jest/globals';
import type { CaaReading, Finding, InventoryEntry } from '../../../lib/contracts/certificate.ts';
import { batchesOf, ofBatch } from '../../../lib/domain/certificates/batches.ts';
import { caaFindings, caaNamesOf } from '../../../lib/domain/certificates/caa-findings.ts';
import { blindTo } from '../../../lib/domain/certificates/controls.ts';
import { checkAfter, dueCheck } from '../../../lib/domain/certificates/due.ts';
import { judgeIssuer } from '../../../lib/domain/certificates/judge-leaf.ts';
import {
  judgeLogged,
  knownIssuances,
  logFinding,
  loggedEntry,
} from '../../../lib/domain/certificates/judge-transparency.ts';
import { nameMatches } from '../../../lib/domain/certificates/name-matches.ts';
import { shortened } from '../../../lib/domain/certificates/shortened.ts';
import { worstOf } from '../../../lib/domain/certificates/worst.ts';
import { newIdentity } from '../../../twin/certificates/issue.ts';
import { aCertificateSection } from '../../support/builders.ts';
import { certificateIn, leafDer, now, nowMs } from './authority.ts';

test.each([
  ['shop.example.com', 'shop.example.com', true],
  ['*.example.com', 'shop.example.com', true],
  ['*.example.com', 'a.shop.example.com', false],
  ['*.example.com', 'example.com', false],
  ['*.0.2.1', '192.0.2.1', false],
  ['192.0.2.1', '192.0.2.1', true],
  ['s*.example.com', 'shop.example.com', false],
  ['*', 'localhost', false],
])('%s for %s: %s', (name, host, expected) => {
  expect(nameMatches(name, host)).toBe(expected);
});

test('the worst wins, and nothing at all is no OK', () => {
  expect(worstOf([])).toBe('UNKNOWN');
  expect(worstOf([{ health: 'OK' }, { health: 'UNKNOWN' }])).toBe('UNKNOWN');
  expect(worstOf([{ health: 'BAD' }, { health: 'UNKNOWN' }])).toBe('BAD');
});

test('many reasons are counted, the worst first, and none makes the rest look better', () => {
  const reasons = Array.from({ length: 30 }, (_, index) => ({ rule: 'x', health: 'BAD' as const, says: `${index}` }));
  const short = shortened([{ rule: 'y', health: 'OK', says: 'fine' }, ...reasons]);
  expect(short.length).toBe(13);
  expect(short.at(-1)).toEqual({ rule: 'more', health: 'BAD', says: 'and 19 more' });
});

test.each([
  [0, 100, []],
  [1, 100, [[0]]],
  [5, 2, [[0, 3], [1, 4], [2]]],
])('%d endpoints in parts of %d', (count, size, parts) => {
  const all = Array.from({ length: count }, (_, index) => index);
  expect(batchesOf(count, size).map((batch) => ofBatch(all, batch))).toEqual(parts);
});

const section = aCertificateSection();
const entry = (differs: Partial<InventoryEntry> = {}): InventoryEntry => ({
  id: 'acm:shop',
  source: 'acm',
  names: ['shop.example.com'],
  renewer: 'acm',
  certificate: certificateIn(leafDer()),
  uses: [],
  endpoints: [],
  ...differs,
});

describe('CAA', () => {
  const said = (records: Extract<CaaReading, { state: 'read' }>['records'], names = ['shop.example.com']) => {
    const one = entry({ certificate: certificateIn(leafDer({ names })) });
    const readings = caaNamesOf([one]).map((name): CaaReading => ({ state: 'read', name, at: 'example.com', records }));
    return caaFindings([one], readings, section).flatMap(({ reasons }) =>
      reasons.map(({ health, says }) => `${health} ${says}`),
    );
  };
  const record = (tag: string, value: string, critical = false) => ({ critical, tag, value });

  test('no record lets everybody issue', () => expect(said([])).toEqual([]));
  test('the issuer is named', () => expect(said([record('issue', 'good.example; account=1')])).toEqual([]));
  test('others are named', () => {
    expect(said([record('issue', 'other.example')])).toEqual([
      'BAD the CAA records of example.com let other.example issue for shop.example.com, but it was issued by Good Authority: the next renewal will be refused',
    ]);
  });
  test('nobody may issue', () => expect(said([record('issue', ';')])[0]).toMatch(/let nobody issue/));
  test('a wildcard asks for issuewild first', () => {
    const records = [record('issue', 'good.example'), record('issuewild', ';')];
    expect(said(records, ['*.example.com'])[0]).toMatch(/let nobody issue for example.com/);
    expect(said(records)).toEqual([]);
  });
  test('a critical record that no issuer knows', () =>
    expect(said([record('tbs', 'x', true)])[0]).toMatch(/^BAD .*no issuer knows/));
  test('what could not be read is UNKNOWN', () => {
    const unread: CaaReading = { state: 'unread', name: 'shop.example.com', reason: 'SERVFAIL' };
    expect(caaFindings([entry()], [unread], section)[0]).toMatchObject({ subject: 'acm:shop', health: 'UNKNOWN' });
    expect(caaFindings([entry()], [], section)[0]).toMatchObject({ health: 'UNKNOWN' });
  });
});

describe('certificate transparency', () => {
  const stranger = newIdentity('X', 'Strange Authority');
  const logged = (der: string) =>
    loggedEntry({ log: 'argon', index: 1, at: now, precertificate: true, certificate: certificateIn(der) });
  const judge = (der: string, known: InventoryEntry[] = []) =>
    judgeLogged(logged(der), knownIssuances(known), section, now);

  test('what a source knows is no news, its precertificate among it', () => {
    const life = { serial: 77 };
    const known = entry({ certificate: certificateIn(leafDer(life)) });
    expect(judge(leafDer({ ...life, poison: true }), [known])).toBeUndefined();
  });
  test('one by an issuer of ours that no source knows yet is UNKNOWN', () => {
    expect(judge(leafDer({ serial: 78 }))).toMatchObject({
      health: 'UNKNOWN',
      reasons: [{ says: expect.stringMatching(/that no source knows yet$/) }],
    });
  });
  test('one by a stranger is an incident', () => {
    const finding = judge(leafDer({ serial: 79 }, stranger));
    expect(finding).toMatchObject({ health: 'BAD' });
    expect(finding?.reasons[0]?.says).toMatch(
      /^O=Strange Authority, CN=X issued a certificate for shop\.example\.com \(serial \w+, logged by argon on 2026-05-01 10:00 UTC\)/,
    );
  });
  test('one that has ended threatens nobody', () => {
    expect(judge(leafDer({ serial: 80, toMs: nowMs - 1000 }, stranger))).toBeUndefined();
  });
  test('a log that was not read, or not to its end, is UNKNOWN', () => {
    expect(logFinding('argon', { reason: 'its tree shrank' })).toMatchObject({
      subject: 'log:argon',
      health: 'UNKNOWN',
    });
    expect(logFinding('argon', { behind: 5 }).health).toBe('UNKNOWN');
    expect(logFinding('argon', { behind: 0 }).health).toBe('OK');
  });
});

test('an issuer is known by its organization as a whole, not by a part of any name', () => {
  const reasons = (issuer: string) => judgeIssuer({ issuer }, section.issuers);
  expect(reasons('C=US, O=Good Authority, CN=X')).toEqual([]);
  expect(reasons('O=Not Good Authority')).toHaveLength(1);
  expect(reasons('CN=O=Good Authority')).toHaveLength(1);
});

describe('the check of the check', () => {
  const found = (rule: string, health: Finding['health'] = 'BAD'): Finding => ({
    subject: 's',
    health,
    reasons: [{ rule, health, says: 'so' }],
    served: [],
  });
  test('both went red for what is wrong with them', () => {
    expect(blindTo({ expired: found('expired'), wrongChain: found('chain') })).toEqual([]);
  });
  test('red for another reason, or unknown, or not asked, is blind', () => {
    expect(blindTo({ expired: found('name'), wrongChain: undefined })).toEqual([
      'expired was not found (s is BAD: so)',
      'wrongChain was not found (it was not asked)',
    ]);
    expect(blindTo({ expired: found('silent', 'UNKNOWN'), wrongChain: found('chain') })).toHaveLength(1);
  });
});

test('the controls are asked in the first hour of a month', () => {
  expect(dueCheck('2026-06-01T00:00:00Z', true)).toMatchObject({ controls: true, requestId: '20260601t0000' });
  expect(dueCheck('2026-06-01T00:00:00Z', false).controls).toBe(false);
  expect(dueCheck('2026-06-01T01:00:00Z', true).controls).toBe(false);
  expect(dueCheck('2026-06-02T00:00:00Z', true).controls).toBe(false);
});

test('an event of ACM is one request however often it comes', () => {
  expect(checkAfter('event-1')).toEqual(checkAfter('event-1'));
  expect(checkAfter('event-1').requestId).not.toBe(checkAfter('event-2').requestId);
});
