import { describe, expect, test } from '@jest/globals';
import type { EvidenceVault } from '../../lib/ports/evidence.ts';
import { failure } from './good.ts';
import { evidenceOfFailover, someEvidence } from './good-recovery.ts';

/** `make` gives an empty vault each time. */
export const describeEvidence = (name: string, make: () => Promise<{ port: EvidenceVault }>): void => {
  describe(`EvidenceVault: ${name}`, () => {
    test('an empty vault knows nothing', async () => {
      const { port } = await make();
      expect(await port.newest('shop')).toBeUndefined();
      expect(await port.find('shop', 'shop-d1')).toBeUndefined();
    });

    test('evidence is found as it was kept', async () => {
      const { port } = await make();
      expect(await port.keep(someEvidence(1, 'shop-d1'))).toEqual(someEvidence(1, 'shop-d1'));
      expect(await port.find('shop', 'shop-d1')).toEqual(someEvidence(1, 'shop-d1'));
      expect(await port.newest('shop')).toEqual(someEvidence(1, 'shop-d1'));
      expect(await port.at('shop', 1)).toEqual(someEvidence(1, 'shop-d1'));
      expect(await port.at('shop', 2)).toBeUndefined();
    });

    test('a failover is evidence in the same chain, and found by the name of its run', async () => {
      const { port } = await make();
      await port.keep(someEvidence(1, 'shop-d1'));
      await port.keep(evidenceOfFailover(2));
      expect(await port.find('shop', 'failover-shop-f1')).toEqual(evidenceOfFailover(2));
      expect(await port.newest('shop')).toEqual(evidenceOfFailover(2));
      await expect(port.keep(someEvidence(2, 'shop-d2'))).rejects.toEqual(failure('WriteConflict'));
    });

    test('the newest is the one with the highest number, also when it has more digits', async () => {
      const { port } = await make();
      for (let sequence = 1; sequence <= 11; sequence += 1)
        await port.keep(someEvidence(sequence, `shop-d${12 - sequence}`));
      expect(await port.newest('shop')).toEqual(someEvidence(11, 'shop-d1'));
      expect(await port.find('shop', 'shop-d11')).toEqual(someEvidence(1, 'shop-d11'));
    });

    test('the same drill and sequence again changes nothing, though a signature differs each time', async () => {
      const { port } = await make();
      const first = someEvidence(1, 'shop-d1');
      await port.keep(first);
      const again = { ...first, signature: { ...first.signature, signature: 'YWdhaW4=' } };
      expect(await port.keep(again)).toEqual(first);
      expect(await port.newest('shop')).toEqual(first);
      expect(await port.find('shop', 'shop-d1')).toEqual(first);
    });

    test("another drill's place in the chain is refused, and what is there stays", async () => {
      const { port } = await make();
      await port.keep(someEvidence(1, 'shop-d1'));
      await expect(port.keep(someEvidence(1, 'shop-d2'))).rejects.toEqual(failure('WriteConflict'));
      expect(await port.newest('shop')).toEqual(someEvidence(1, 'shop-d1'));
      expect(await port.find('shop', 'shop-d2')).toBeUndefined();
    });

    test('of many that want the same place at once, one gets it', async () => {
      const { port } = await make();
      const drills = ['a', 'b', 'c', 'd'].map((letter) => `shop-${letter}`);
      const kept = await Promise.allSettled(drills.map((drill) => port.keep(someEvidence(1, drill))));
      expect(kept.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    test('each database has a chain of its own', async () => {
      const { port } = await make();
      await port.keep(someEvidence(1, 'shop-d1'));
      await port.keep(someEvidence(1, 'shop-eu-d1', 'shop-eu'));
      expect(await port.newest('shop')).toEqual(someEvidence(1, 'shop-d1'));
      expect(await port.newest('shop-eu')).toEqual(someEvidence(1, 'shop-eu-d1', 'shop-eu'));
      expect(await port.find('shop', 'shop-eu-d1')).toBeUndefined();
    });
  });
};
