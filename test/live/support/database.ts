import { rm } from 'node:fs/promises';
import { afterAll, beforeAll } from '@jest/globals';
import { stopWorks } from '../../../twin/live/databases/resume.ts';
import { storedWorks, type Works } from '../../../twin/live/databases/works.ts';
import { type LiveAccess, openLivePorts } from '../../../twin/live/index.ts';
import { startDatabase, stopDatabase } from '../../../twin/live/postgres/postgres.ts';
import { until } from '../../../twin/live/process/until.ts';
import { openStore } from '../../../twin/live/store/database.ts';
import { newFolder } from './folder.ts';

export type DatabaseWorld = LiveAccess & { folder: string; works: Works; settle(): Promise<void> };

const settledWithinMs = 60_000;

/** One world with a database, and no services, for all tests of a file. */
export const sharedDatabase = () => {
  let world: DatabaseWorld | undefined;
  let closeStore = () => {};
  const current = (): DatabaseWorld => {
    if (!world) throw new Error('the world is there only while tests run');
    return world;
  };
  beforeAll(async () => {
    const folder = await newFolder();
    await startDatabase(folder);
    const store = openStore(folder);
    closeStore = store.close;
    const works = storedWorks(store);
    const access = openLivePorts(folder);
    world = { ...access, folder, works, settle: () => settled(access, works) };
  }, 60_000);
  afterAll(async () => {
    const { folder, close } = current();
    close();
    closeStore();
    await stopWorks(folder);
    await stopDatabase(folder);
    await rm(folder, { recursive: true, force: true });
  }, 60_000);
  return current;
};

/** All work has ended, one way or the other. Asking takes up what was cut off. */
const settled = async ({ ports }: LiveAccess, works: Works): Promise<void> => {
  const open = () =>
    (['snapshot', 'copy', 'drill', 'dump', 'configuration'] as const).flatMap((kind) =>
      works
        .all(kind)
        .filter(({ wanted, result }) => wanted === 'absent' || !result)
        .map(({ id }) => ({ kind, id })),
    );
  await until('all work done', settledWithinMs, async () => {
    for (const { kind, id } of open()) {
      if (kind === 'drill') await ports.databases.find(id);
      else if (kind === 'copy') await ports.databases.findCopy(id);
      else if (kind === 'snapshot') await ports.databases.findSnapshot(id);
      else await ports.exports.find(kind, id);
    }
    return open().length === 0;
  });
};
