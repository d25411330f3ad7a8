import { NotOurs } from '../../../lib/contracts/failures.ts';
import type { Databases } from '../../../lib/ports/databases.ts';
import type { Changes } from '../changes.ts';
import type { Instances } from '../world/instances.ts';
import { instanceOf, type Server, type StoredSnapshot, snapshotOf } from '../world/server.ts';

/** Changes are kept with the marks as they were then: what was removed cannot be asked any more. */
export const modelDatabases = (instances: Instances, changes: Changes, now: () => number): Databases => {
  const told = (server: Server | undefined) => server && instanceOf(server, now());
  const toldOf = (snapshot: StoredSnapshot | undefined) => snapshot && snapshotOf(snapshot, now());
  const add = (resource: string, value: unknown) => changes.add({ resource, token: 0, value });
  return {
    find: async (id) => told(instances.find(id)),
    drills: async () => instances.servers().flatMap((one) => (one.mark ? [instanceOf(one, now())] : [])),
    findSnapshot: async (id) => toldOf(instances.snapshots.get(id)),
    snapshots: async (of) =>
      [...instances.snapshots.values()].filter((one) => one.of === of).map((one) => snapshotOf(one, now())),
    async takeSnapshot(of, as, backup) {
      if (instances.snapshots.has(as)) return;
      instances.takeSnapshot(of, as, backup);
      add(`snapshot/${as}`, { taken: true, backup });
    },
    async copySnapshot(id) {
      if (instances.copies.has(id)) return;
      instances.copySnapshot(id);
      add(`snapshot/${id}`, { copied: true });
    },
    findCopy: async (id) => toldOf(instances.copies.get(id)),
    async removeSnapshot(id) {
      const snapshot = instances.snapshots.get(id) ?? instances.copies.get(id);
      if (!snapshot) return;
      const { backup } = snapshot;
      if (backup === undefined) throw new NotOurs(`snapshot: "${id}" belongs to no backup`, { snapshot: id });
      instances.snapshots.delete(id);
      instances.copies.delete(id);
      add(`snapshot/${id}`, { removed: true, backup });
    },
    async restore(restore) {
      if (instances.find(restore.as)) return;
      instances.restore(restore);
      const { mark, source } = restore;
      add(`instance/${restore.as}`, { restored: true, mark, source });
    },
    async remove(id) {
      const server = instances.find(id);
      if (!server) return;
      const { mark } = server;
      if (!mark) throw new NotOurs(`instance: "${id}" does not bear the mark of a drill`, { instance: id });
      instances.remove(id);
      add(`instance/${id}`, { removed: true, mark });
    },
  };
};
