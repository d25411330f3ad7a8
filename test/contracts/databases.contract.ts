import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { DrillMark, Instance, InstanceId, RestoreSource, SnapshotId } from '../../lib/contracts/database.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import type { Databases } from '../../lib/ports/databases.ts';
import { failure } from './good.ts';

export type DatabasesWorld = {
  port: Databases;
  /** An instance of production: available, without a drill's mark, with a log of its own to restore from. */
  production: InstanceId;
  /** Makes a snapshot of it that belongs to no backup. */
  foreignSnapshot(): Promise<SnapshotId>;
  /** Lets time pass until all work that was started is done. */
  settle(): Promise<void>;
};
type Make = () => Promise<DatabasesWorld>;

/** All of it. The parts are exported for a world that has not all of them. */
export const describeDatabases = (name: string, make: Make): void => {
  describeSnapshots(name, make);
  describeRestores(name, make);
  describeRestorableSpan(name, make);
  describeSecondRegion(name, make);
};

const day = 86_400;
const sizeClass = 'db.t4g.medium';

/** Names of one test never meet those of another: a world may be shared. */
const unique = () => randomUUID().slice(0, 8);

const known = <T>(found: T | undefined): T => {
  if (found === undefined) throw new Error('expected it to be found');
  return found;
};

/** All but the span of its log, which grows by itself. */
const standing = (found: Instance | undefined) => {
  const { restorable: _, ...rest } = known(found);
  return rest;
};

const take = async ({ port, production, settle }: DatabasesWorld) => {
  const backup = `shop-${unique()}`;
  const id = `evenkeel-${backup}`;
  await port.takeSnapshot(production, id, backup);
  await settle();
  return { id, backup };
};

const aDrillOf = () => {
  const drill = `shop-${unique()}`;
  const mark: DrillMark = { drill, removeBy: '2099-05-02T16:00:00.000Z' };
  return { as: `evenkeel-drill-${drill}`, mark, sizeClass };
};

const restored = async ({ port, settle }: DatabasesWorld, source: RestoreSource) => {
  const restore = { ...aDrillOf(), source };
  await port.restore(restore);
  await settle();
  return restore;
};

const fromSnapshot = async (world: DatabasesWorld): Promise<RestoreSource> => {
  const { id } = await take(world);
  return { kind: 'snapshot', snapshot: id, of: world.production };
};

const restorableSpan = async ({ port, production }: DatabasesWorld): Promise<NonNullable<Instance['restorable']>> =>
  known((await port.find(production))?.restorable);

const fromLog = async (world: DatabasesWorld): Promise<RestoreSource> => ({
  kind: 'point-in-time',
  of: world.production,
  at: (await restorableSpan(world)).to,
});

export const describeSnapshots = (name: string, make: Make): void => {
  describe(`Databases: ${name}: instances and snapshots`, () => {
    test('an instance of production is found, without a mark', async () => {
      const { port, production } = await make();
      const found = await port.find(production);
      expect(found).toMatchObject({ id: production, status: 'available', endpoint: expect.anything() });
      expect(found?.mark).toBeUndefined();
      expect((await port.drills()).map(({ id }) => id)).not.toContain(production);
    });

    test('what does not exist is not found', async () => {
      const { port } = await make();
      expect(await port.find('nowhere')).toBeUndefined();
      expect(await port.findSnapshot('evenkeel-nowhere')).toBeUndefined();
      expect(await port.snapshots('nowhere')).toEqual([]);
    });

    test('a snapshot says of what it is, for which backup, and which moment it holds', async () => {
      const world = await make();
      const { id, backup } = await take(world);
      expect(await world.port.findSnapshot(id)).toMatchObject({
        id,
        of: world.production,
        backup,
        status: 'available',
        takenAt: expect.any(String),
      });
    });

    test('the same snapshot again changes nothing', async () => {
      const world = await make();
      const { id, backup } = await take(world);
      const first = await world.port.findSnapshot(id);
      await world.port.takeSnapshot(world.production, id, backup);
      await world.settle();
      expect(await world.port.findSnapshot(id)).toEqual(first);
    });

    test('snapshots come oldest first, those of others among them, without a backup', async () => {
      const world = await make();
      const ids = [(await take(world)).id, await world.foreignSnapshot(), (await take(world)).id];
      const all = await world.port.snapshots(world.production);
      expect(all.map(({ id }) => id).filter((id) => ids.includes(id))).toEqual(ids);
      expect(all.find(({ id }) => id === ids[1])?.backup).toBeUndefined();
    });

    test('nothing is taken of what does not exist', async () => {
      const { port } = await make();
      const taken = port.takeSnapshot('nowhere', `evenkeel-${unique()}`, 'shop-b1');
      await expect(taken).rejects.toEqual(failure('InstanceNotFound'));
    });

    test('a snapshot that was removed is gone, and removing it again does no harm', async () => {
      const world = await make();
      const { id } = await take(world);
      for (const _ of ['once', 'again']) {
        await world.port.removeSnapshot(id);
        await world.settle();
      }
      expect(await world.port.findSnapshot(id)).toBeUndefined();
    });

    test('a snapshot that belongs to no backup is not ours to remove', async () => {
      const { port, foreignSnapshot } = await make();
      const id = await foreignSnapshot();
      await expect(port.removeSnapshot(id)).rejects.toEqual(failure('NotOurs'));
      expect(await port.findSnapshot(id)).toMatchObject({ id, status: 'available' });
    });
  });
};

export const describeRestores = (name: string, make: Make): void => {
  describe(`Databases: ${name}: restores`, () => {
    const sources = { 'a snapshot': fromSnapshot, 'a point in time': fromLog };
    const kinds = Object.entries(sources);

    test.each(kinds)('what was restored from %s is available, and bears its mark', async (_, source) => {
      const world = await make();
      const { as, mark } = await restored(world, await source(world));
      const found = await world.port.find(as);
      expect(found).toMatchObject({ id: as, status: 'available', sizeClass, mark, endpoint: expect.anything() });
      expect((await world.port.drills()).map(standing)).toContainEqual(standing(found));
    });

    test.each(kinds)(
      'what was restored from %s shares no subnet and no security group with production',
      async (_, source) => {
        const world = await make();
        const { as } = await restored(world, await source(world));
        const [copy, production] = [known(await world.port.find(as)), known(await world.port.find(world.production))];
        expect(copy.reach.public).toBe(false);
        expect(copy.reach.subnetGroup).not.toBe(production.reach.subnetGroup);
        expect(copy.reach.securityGroups).toHaveLength(1);
        expect(production.reach.securityGroups).not.toContain(copy.reach.securityGroups[0]);
        expect(copy.deletionProtection).toBe(false);
      },
    );

    test('the same restore again changes nothing, while it goes on and afterwards', async () => {
      const world = await make();
      const restore = { ...aDrillOf(), source: await fromSnapshot(world) };
      await world.port.restore(restore);
      await world.port.restore(restore);
      await world.settle();
      const first = standing(await world.port.find(restore.as));
      await world.port.restore(restore);
      await world.settle();
      expect(standing(await world.port.find(restore.as))).toEqual(first);
    });

    test('production is as it was when something was restored from it', async () => {
      const world = await make();
      const before = standing(await world.port.find(world.production));
      await restored(world, await fromSnapshot(world));
      expect(standing(await world.port.find(world.production))).toEqual(before);
    });

    test('nothing is restored from a snapshot that does not exist', async () => {
      const { port, production } = await make();
      const restore = aDrillOf();
      const source = { kind: 'snapshot', snapshot: `evenkeel-${unique()}`, of: production } as const;
      await expect(port.restore({ ...restore, source })).rejects.toEqual(failure('SnapshotNotFound'));
      expect(await port.find(restore.as)).toBeUndefined();
    });

    test('nothing is restored from the log of what does not exist', async () => {
      const { port } = await make();
      const source = { kind: 'point-in-time', of: 'nowhere', at: '2026-05-01T10:00:00.000Z' } as const;
      await expect(port.restore({ ...aDrillOf(), source })).rejects.toEqual(failure('InstanceNotFound'));
    });

    test('what was removed is gone, and removing it again does no harm', async () => {
      const world = await make();
      const { as } = await restored(world, await fromSnapshot(world));
      for (const _ of ['once', 'again']) {
        await world.port.remove(as);
        await world.settle();
      }
      expect(await world.port.find(as)).toBeUndefined();
      expect((await world.port.drills()).map(({ id }) => id)).not.toContain(as);
    });

    test('a removal leaves no snapshot behind', async () => {
      const world = await make();
      const { as } = await restored(world, await fromSnapshot(world));
      await world.port.remove(as);
      await world.settle();
      expect(await world.port.snapshots(as)).toEqual([]);
    });

    test('what bears no mark is not ours to remove', async () => {
      const { port, production, settle } = await make();
      await expect(port.remove(production)).rejects.toEqual(failure('NotOurs'));
      await settle();
      expect(await port.find(production)).toMatchObject({ id: production, status: 'available' });
    });
  });
};

export const describeRestorableSpan = (name: string, make: Make): void => {
  describe(`Databases: ${name}: what a log can restore`, () => {
    test('production has a span that it can be restored to', async () => {
      const world = await make();
      const { from, to } = await restorableSpan(world);
      expect(from <= to).toBe(true);
    });

    test.each([
      ['before', (span: { from: string; to: string }) => plusSeconds(span.from, -day)],
      ['after', (span: { from: string; to: string }) => plusSeconds(span.to, day)],
    ])('a moment %s the span is refused, and nothing is made', async (_, moment) => {
      const world = await make();
      const restore = aDrillOf();
      const at = moment(await restorableSpan(world));
      const source = { kind: 'point-in-time', of: world.production, at } as const;
      await expect(world.port.restore({ ...restore, source })).rejects.toEqual(failure('PointNotRestorable'));
      expect(await world.port.find(restore.as)).toBeUndefined();
    });

    test('a copy keeps no backups of its own, so no log either', async () => {
      const world = await make();
      const { as } = await restored(world, await fromSnapshot(world));
      const copy = known(await world.port.find(as));
      expect(copy.backupRetentionDays).toBe(0);
      expect(copy.restorable).toBeUndefined();
    });
  });
};

export const describeSecondRegion = (name: string, make: Make): void => {
  describe(`Databases: ${name}: second region`, () => {
    test('a snapshot that was not copied has no copy', async () => {
      const world = await make();
      expect(await world.port.findCopy((await take(world)).id)).toBeUndefined();
    });

    test('a copy has the name, the backup and the content of its snapshot', async () => {
      const world = await make();
      const { id, backup } = await take(world);
      const snapshot = known(await world.port.findSnapshot(id));
      await world.port.copySnapshot(id);
      await world.settle();
      const { of, takenAt } = snapshot;
      expect(await world.port.findCopy(id)).toMatchObject({ id, of, takenAt, backup, status: 'available' });
    });

    test('the same copy again changes nothing', async () => {
      const world = await make();
      const { id } = await take(world);
      await world.port.copySnapshot(id);
      await world.settle();
      const first = await world.port.findCopy(id);
      await world.port.copySnapshot(id);
      await world.settle();
      expect(await world.port.findCopy(id)).toEqual(first);
    });

    test('what does not exist cannot be copied', async () => {
      const { port } = await make();
      await expect(port.copySnapshot(`evenkeel-${unique()}`)).rejects.toEqual(failure('SnapshotNotFound'));
    });

    test('removing a snapshot removes its copy too', async () => {
      const world = await make();
      const { id } = await take(world);
      await world.port.copySnapshot(id);
      await world.settle();
      await world.port.removeSnapshot(id);
      await world.settle();
      expect(await world.port.findSnapshot(id)).toBeUndefined();
      expect(await world.port.findCopy(id)).toBeUndefined();
    });
  });
};
