import type { Databases } from '../../ports/databases.ts';
import { adapter } from '../../runtime/adapter.ts';
import { rdsClient } from './client.ts';
import { findInstance, findSnapshot, markedInstances, snapshotsOf } from './reading.ts';
import { remove, restore } from './restores.ts';
import { isolationSettings, type RdsSettings, secondRegionSettings } from './settings.ts';
import { copySnapshot, removeSnapshot, secondRegion, takeSnapshot } from './snapshots.ts';

const databasesIn = (settings: RdsSettings): Databases => {
  const client = rdsClient();
  const there = secondRegion(settings);
  return {
    find: (id) => findInstance(client, id),
    drills: () => markedInstances(client),
    findSnapshot: (id) => findSnapshot(client, id),
    snapshots: (of) => snapshotsOf(client, of),
    takeSnapshot: (of, as, backup) => takeSnapshot(client, of, as, backup),
    copySnapshot: (id) => copySnapshot(client, id, settings),
    findCopy: async (id) => there && findSnapshot(there, id),
    async removeSnapshot(id) {
      // The copy first: if the second removal fails, the original still says that there is something left to remove.
      if (there) await removeSnapshot(there, id);
      await removeSnapshot(client, id);
    },
    restore: (wish) => restore(client, wish, settings),
    remove: (id) => remove(client, id),
  };
};

export const rdsDatabases = adapter({ ...isolationSettings, ...secondRegionSettings }, databasesIn);
