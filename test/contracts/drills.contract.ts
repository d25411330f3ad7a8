import { describe, expect, test } from '@jest/globals';
import type { Drills } from '../../lib/ports/backups.ts';
import { failure } from './good.ts';
import { aDrill, aDrillOutcome, aManifest } from './good-recovery.ts';

/** `make` gives an empty store each time. */
export const describeDrills = (name: string, make: () => Promise<{ port: Drills }>): void => {
  describe(`Drills: ${name}`, () => {
    test('an empty store knows nothing', async () => {
      const { port } = await make();
      expect(await port.find('shop-d1')).toBeUndefined();
      expect(await port.recent('shop', 10)).toEqual([]);
    });

    test('a drill is found as it was opened', async () => {
      const { port } = await make();
      await port.open(aDrill());
      expect(await port.find('shop-d1')).toEqual(aDrill());
    });

    test('opening the same id again leaves the first as it is, even when it has ended', async () => {
      const { port } = await make();
      const outcome = aDrillOutcome();
      await port.open(aDrill());
      await port.end('shop-d1', outcome);
      await port.open(aDrill({ startedAt: '2026-05-02T11:00:00.000Z' }));
      expect(await port.recent('shop', 10)).toEqual([{ ...aDrill(), status: 'ended', outcome }]);
    });

    test('a drill keeps its first end', async () => {
      const { port } = await make();
      const outcome = aDrillOutcome({ verdict: 'unhealthy', reason: 'a table is missing' });
      await port.open(aDrill());
      await port.end('shop-d1', outcome);
      await port.end('shop-d1', aDrillOutcome());
      expect(await port.find('shop-d1')).toEqual({ ...aDrill(), status: 'ended', outcome });
    });

    test('a drill that was never opened cannot end', async () => {
      const { port } = await make();
      await expect(port.end('shop-d9', aDrillOutcome())).rejects.toEqual(failure('RecordCorrupt'));
      expect(await port.find('shop-d9')).toBeUndefined();
    });

    test('what production held is kept once, whether or not the drill is open', async () => {
      const { port } = await make();
      expect(await port.production('shop-d1')).toBeUndefined();
      await port.keepProduction('shop-d1', aManifest());
      await port.keepProduction('shop-d1', aManifest({ at: '2026-05-02T11:00:00.000Z' }));
      expect(await port.production('shop-d1')).toEqual(aManifest());
      expect(await port.production('shop-d2')).toBeUndefined();
      await port.open(aDrill());
      expect(await port.recent('shop', 10)).toEqual([aDrill()]);
    });

    test('recent drills come newest start first, up to the limit, of one database only', async () => {
      const { port } = await make();
      const second = aDrill({ drill: 'shop-d2', startedAt: '2026-05-03T10:00:00.000Z' });
      const third = aDrill({ drill: 'shop-d3', startedAt: '2026-05-04T10:00:00.000Z' });
      const other = aDrill({ drill: 'stock-d1', database: 'stock', startedAt: '2026-05-05T10:00:00.000Z' });
      for (const drill of [second, third, other, aDrill()]) await port.open(drill);
      expect(await port.recent('shop', 2)).toEqual([third, second]);
      expect(await port.recent('shop', 10)).toEqual([third, second, aDrill()]);
    });
  });
};
