import { describe, expect, test } from '@jest/globals';
import type { Backups } from '../../lib/ports/backups.ts';
import { failure } from './good.ts';
import { aBackup, aManifest, aTableReading } from './good-recovery.ts';

/** `make` gives an empty store each time. */
export const describeBackups = (name: string, make: () => Promise<{ port: Backups }>): void => {
  describe(`Backups: ${name}`, () => {
    test('an empty store knows nothing', async () => {
      const { port } = await make();
      expect(await port.find('shop-b1')).toBeUndefined();
      expect(await port.recent('shop', 10)).toEqual([]);
    });

    test('a backup is found as it was begun', async () => {
      const { port } = await make();
      await port.begin(aBackup());
      expect(await port.find('shop-b1')).toEqual(aBackup());
    });

    test('beginning the same id again leaves the first as it is', async () => {
      const { port } = await make();
      await port.begin(aBackup());
      await port.begin(aBackup({ startedAt: '2026-05-01T11:00:00.000Z', status: 'failed' }));
      expect(await port.recent('shop', 10)).toEqual([aBackup()]);
    });

    test('recent backups come newest start first, up to the limit, of one database only', async () => {
      const { port } = await make();
      const second = aBackup({ id: 'shop-b2', startedAt: '2026-05-02T10:00:00.000Z' });
      const third = aBackup({ id: 'shop-b3', startedAt: '2026-05-03T10:00:00.000Z' });
      const other = aBackup({ id: 'stock-b1', database: 'stock', startedAt: '2026-05-04T10:00:00.000Z' });
      for (const backup of [second, third, other, aBackup()]) await port.begin(backup);
      expect(await port.recent('shop', 2)).toEqual([third, second]);
      expect(await port.recent('shop', 10)).toEqual([third, second, aBackup()]);
    });

    test('a change changes the named fields and no other', async () => {
      const { port } = await make();
      await port.begin(aBackup());
      await port.change('shop-b1', { status: 'complete', takenAt: '2026-05-01T10:01:00.000Z' });
      await port.change('shop-b1', { proof: 'proven' });
      const changed = aBackup({ status: 'complete', takenAt: '2026-05-01T10:01:00.000Z', proof: 'proven' });
      expect(await port.find('shop-b1')).toEqual(changed);
      expect(await port.recent('shop', 1)).toEqual([changed]);
    });

    test('a backup that was never begun cannot change', async () => {
      const { port } = await make();
      await expect(port.change('shop-b9', { status: 'failed' })).rejects.toEqual(failure('RecordCorrupt'));
      await expect(port.change('shop-b9', { before: aManifest() })).rejects.toEqual(failure('RecordCorrupt'));
      expect(await port.find('shop-b9')).toBeUndefined();
    });

    test('manifests are kept, and are left out of what is recent', async () => {
      const { port } = await make();
      const [before, after] = [aManifest(), aManifest({ at: '2026-05-01T10:02:00.000Z' })];
      await port.begin(aBackup());
      await port.change('shop-b1', { before });
      await port.change('shop-b1', { after, bytes: 7 });
      expect(await port.find('shop-b1')).toEqual(aBackup({ before, after, bytes: 7 }));
      expect(await port.recent('shop', 1)).toEqual([aBackup({ bytes: 7 })]);
    });

    test('a manifest that is read again replaces the one before it', async () => {
      const { port } = await make();
      const second = aManifest({ tables: [] });
      await port.begin(aBackup());
      for (const before of [aManifest({ tables: manyTables() }), second]) await port.change('shop-b1', { before });
      expect((await port.find('shop-b1'))?.before).toEqual(second);
    });

    test('a manifest of thousands of tables is kept whole', async () => {
      const { port } = await make();
      const before = aManifest({ tables: manyTables() });
      await port.begin(aBackup());
      await port.change('shop-b1', { before });
      expect((await port.find('shop-b1'))?.before).toEqual(before);
    });
  });
};

/** About two megabytes as JSON. Checksums do not compress, as real ones do not. */
const manyTables = () =>
  Array.from({ length: 15_000 }, (_, index) =>
    aTableReading({ table: `public.table_${index}`, rows: index, checksum: noise(index).join('') }),
  );
const noise = (seed: number) =>
  Array.from({ length: 4 }, (_, part) => Math.imul(seed * 4 + part + 1, 2_654_435_761) >>> 0);
