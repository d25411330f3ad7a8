import { describe, expect, test } from '@jest/globals';
import { verifyChain } from '../../lib/domain/ledger/chain.ts';
import type { Ledger } from '../../lib/ports/ledger.ts';
import { aFact } from './good.ts';

const facts = (count: number) => Array.from({ length: count }, (_, index) => aFact({ key: `fact-${index}` }));

/** `make` gives an empty ledger each time. */
export const describeLedger = (name: string, make: () => Promise<{ port: Ledger }>): void => {
  describe(`Ledger: ${name}`, () => {
    test('an empty ledger reads as nothing', async () => {
      const { port } = await make();
      expect(await port.read('shop', 0, 10)).toEqual([]);
    });

    test('a fact is read as it was written, with its place in the chain', async () => {
      const { port } = await make();
      const entry = await port.append(aFact());
      expect(entry).toMatchObject({ ...aFact(), sequence: 1 });
      expect(await port.read('shop', 0, 10)).toEqual([entry]);
    });

    test('the same key again is the same fact: the first entry comes back and nothing is added', async () => {
      const { port } = await make();
      const first = await port.append(aFact());
      await port.append(aFact({ key: 'another' }));
      expect(await port.append(aFact({ says: 'told again', at: '2026-05-01T11:00:00.000Z' }))).toEqual(first);
      expect(await port.read('shop', 0, 10)).toHaveLength(2);
    });

    test('entries come oldest first, after a sequence, up to the limit', async () => {
      const { port } = await make();
      for (const fact of facts(12)) await port.append(fact);
      expect((await port.read('shop', 0, 100)).map(({ key }) => key)).toEqual(facts(12).map(({ key }) => key));
      expect((await port.read('shop', 8, 2)).map(({ sequence }) => sequence)).toEqual([9, 10]);
      expect(await port.read('shop', 12, 10)).toEqual([]);
    });

    test('each service has its own chain', async () => {
      const { port } = await make();
      await port.append(aFact());
      const other = await port.append(aFact({ service: 'shop-admin' }));
      expect(other.sequence).toBe(1);
      expect(await port.read('shop-admin', 0, 10)).toEqual([other]);
    });

    test('writers that meet leave one chain without gaps', async () => {
      const { port } = await make();
      await Promise.all(facts(8).map((fact) => port.append(fact)));
      const entries = await port.read('shop', 0, 100);
      expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(verifyChain(entries)).toEqual({ ok: true });
    });

    test('writers that meet with the same fact leave it once', async () => {
      const { port } = await make();
      const entries = await Promise.all([1, 2, 3, 4].map(() => port.append(aFact())));
      expect(new Set(entries.map(({ hash }) => hash)).size).toBe(1);
      expect(await port.read('shop', 0, 10)).toHaveLength(1);
    });
  });
};
