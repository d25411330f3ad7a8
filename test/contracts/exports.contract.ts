import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { Export, type ExportKind, exportKinds } from '../../lib/contracts/export.ts';
import type { Exports } from '../../lib/ports/exports.ts';
import { failure } from './good.ts';

export type ExportsWorld = {
  port: Exports;
  /** The instance of production that a dump is made of. */
  production: string;
  /** Lets time pass until all work that was started is done. */
  settle(): Promise<void>;
  /** Lets what makes this export come to nothing on its way, before or while it is made. */
  breakOff(kind: ExportKind, backup: string): Promise<void>;
  /** Whether anything lies where the export would. */
  lies(kind: ExportKind, backup: string): Promise<boolean>;
};
type Make = () => Promise<ExportsWorld>;

/** Names of one test never meet those of another: a world may be shared. */
const aBackupId = () => `shop-${randomUUID().slice(0, 8)}`;

/** `kinds`: what can be made there. */
export const describeExports = (name: string, make: Make, kinds: readonly ExportKind[] = exportKinds): void => {
  describe.each(kinds)(`Exports: ${name}: %s`, (kind) => {
    const made = async (world: ExportsWorld) => {
      const backup = aBackupId();
      await world.port.start({ kind, backup, instance: world.production });
      await world.settle();
      return backup;
    };

    test('what was never begun is not found', async () => {
      const { port } = await make();
      expect(await port.find(kind, aBackupId())).toBeUndefined();
    });

    test('once it is made it is complete: it has a size, a checksum, a place and a moment', async () => {
      const world = await make();
      const backup = await made(world);
      const found = await world.port.find(kind, backup);
      expect(found?.status).toBe('complete');
      expect(v.parse(Export, found)).toEqual(found);
      expect(await world.lies(kind, backup)).toBe(true);
    });

    test('the same again changes nothing, while it is made and afterwards', async () => {
      const world = await make();
      const what = { kind, backup: aBackupId(), instance: world.production };
      await world.port.start(what);
      await world.port.start(what);
      await world.settle();
      const first = await world.port.find(kind, what.backup);
      await world.port.start(what);
      await world.settle();
      expect(await world.port.find(kind, what.backup)).toEqual(first);
    });

    test('one that came to nothing has failed, and says why', async () => {
      const world = await make();
      const backup = aBackupId();
      await world.breakOff(kind, backup);
      await world.port.start({ kind, backup, instance: world.production });
      await world.settle();
      const found = await world.port.find(kind, backup);
      expect(found).toEqual({ status: 'failed', reason: expect.stringMatching(/\w/) });
    });

    test('what was removed is gone, and removing it again does no harm', async () => {
      const world = await make();
      const backup = await made(world);
      for (const _ of ['once', 'again']) {
        await world.port.remove(kind, backup);
        await world.settle();
      }
      expect(await world.port.find(kind, backup)).toBeUndefined();
      expect(await world.lies(kind, backup)).toBe(false);
    });

    test('a removal leaves what belongs to other backups', async () => {
      const world = await make();
      const [one, other] = [await made(world), await made(world)];
      await world.port.remove(kind, one);
      await world.settle();
      expect(await world.port.find(kind, other)).toMatchObject({ status: 'complete' });
    });
  });

  if (kinds.includes('dump'))
    test(`Exports: ${name}: nothing is dumped of what does not exist`, async () => {
      const { port } = await make();
      const what = { kind: 'dump', backup: aBackupId(), instance: 'nowhere' } as const;
      await expect(port.start(what)).rejects.toEqual(failure('InstanceNotFound'));
      expect(await port.find('dump', what.backup)).toBeUndefined();
    });
};
