import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import { chainEntry, verifyChain } from '../../lib/domain/ledger/chain.ts';
import { aFact } from '../support/builders.ts';

const chainOf = (says: readonly string[]): LedgerEntry[] => {
  const entries: LedgerEntry[] = [];
  for (const sentence of says)
    entries.push(chainEntry(aFact({ key: `k${entries.length}`, says: sentence, data: { sentence } }), entries.at(-1)));
  return entries;
};
const sentences = fc.array(fc.string(), { minLength: 1, maxLength: 6 });

describe('a chain', () => {
  test('as it was written is whole', () => {
    fc.assert(fc.property(sentences, (says) => verifyChain(chainOf(says)).ok));
  });

  test.each(['service', 'key', 'kind', 'at', 'run', 'says', 'data', 'sequence', 'previousHash', 'hash'] as const)(
    'with a changed %s is broken',
    (field) => {
      fc.assert(
        fc.property(sentences, fc.nat(), (says, pick) => {
          const entries = chainOf(says);
          const index = pick % entries.length;
          const tampered = entries.map((entry, at) =>
            at === index
              ? { ...entry, [field]: field === 'data' ? { forged: true } : field === 'sequence' ? 99 : 'forged' }
              : entry,
          );
          return !verifyChain(tampered).ok;
        }),
      );
    },
  );

  test('into which a link of another chain was put is broken there, although that link is sound', () => {
    const [first] = chainOf(['a']) as [LedgerEntry];
    const foreign = chainOf(['x', 'y'])[1] as LedgerEntry;
    expect(verifyChain([first, foreign])).toMatchObject({ ok: false, sequence: 2 });
  });

  test('with an entry taken out is broken there', () => {
    const [first, , third] = chainOf(['a', 'b', 'c']) as [LedgerEntry, LedgerEntry, LedgerEntry];
    expect(verifyChain([first, third])).toMatchObject({ ok: false, sequence: 3 });
  });
});
