import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Evidence } from '../../../lib/contracts/evidence.ts';
import { evidenceProblems, nextEvidence, signed } from '../../../lib/domain/recovery/evidence.ts';
import { anEndedFailover } from '../../contracts/good-recovery.ts';
import { aDrill, aPlan } from './good.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: typeof pair) => key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const keys = { 'key-1': pem(pair) };

const sealed = (previous: Evidence | undefined, drill: string, key = pair): Evidence => {
  const next = nextEvidence(previous, 'shop-db', { drill: aDrill({ plan: aPlan({ drill }) }) });
  const signature = sign('sha256', Buffer.from(next.hash), key.privateKey).toString('base64');
  return signed(next, { keyId: 'key-1', algorithm: 'ECDSA_SHA_256', signature });
};
const first = sealed(undefined, 'shop-db-d1');
const second = sealed(first, 'shop-db-d2');
const third = sealed(second, 'shop-db-d3');
const chain = [first, second, third];

test('a whole chain has no problem', () => {
  expect(evidenceProblems(chain, keys)).toEqual([]);
});

test('drills and failovers are one chain', () => {
  const next = nextEvidence(third, 'shop-db', { failover: anEndedFailover() });
  const signature = sign('sha256', Buffer.from(next.hash), pair.privateKey).toString('base64');
  const fourth = signed(next, { keyId: 'key-1', algorithm: 'ECDSA_SHA_256', signature });
  expect(evidenceProblems([...chain, fourth], keys)).toEqual([]);
  const changed = { ...fourth, failover: anEndedFailover({ endedAt: '2026-05-02T10:20:01.000Z' }) };
  expect(evidenceProblems([...chain, changed], keys).join()).toMatch(/entry 4: .*it was changed/);
});

describe('each change is found', () => {
  test.each<[string, readonly unknown[], RegExp]>([
    ['none at all', [], /no evidence/],
    ['one is missing in the middle', [first, third], /entry 2: sequence is 3, expected 2/],
    ['the first is missing', [second, third], /entry 1: sequence is 2/],
    ['two changed places', [second, first, third], /out of place/],
    ['signed by another key', [sealed(undefined, 'shop-db-d1', other)], /not of the key/],
    ['signed with a key that nobody knows', [{ ...first, signature: { ...first.signature, keyId: 'x' } }], /not known/],
    ['a verdict was changed', [{ ...first, drill: aDrill({ status: 'open' }) }], /it was changed/],
    ['a field was added', [{ ...first, note: 'all is well' }], /it was changed/],
    ['it is something else', [{ hello: 'world' }], /it is no evidence: format/],
    [
      'it tells of both',
      [{ ...first, failover: anEndedFailover() }],
      /drill: expected a drill or a failover, not both/,
    ],
    ['it tells of nothing', [{ ...first, drill: undefined }], /it is no evidence: drill/],
  ])('%s', (_, changed, problem) => {
    expect(evidenceProblems(changed, keys).join('\n')).toMatch(problem);
  });

  test('any one character of its text', () => {
    const text = JSON.stringify(first);
    const change = fc.tuple(
      fc.integer({ min: 0, max: text.length - 1 }),
      fc.constantFrom('0', 'x', ' ', '"', '}', 'A'),
    );
    fc.assert(
      fc.property(change, ([at, character]) => {
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        const value = read(changed);
        // What reads as the same value says the same: white space between its parts, for example.
        if (value === undefined || JSON.stringify(value) === text) return;
        expect(evidenceProblems([value], keys)).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
