import { join } from 'node:path';
import { paths } from '../process/paths.ts';
import { openStore } from '../store/database.ts';
import { isLost } from './instances.ts';
import { endAllServers, serverPid } from './server.ts';
import { standby, standbyIsLost } from './standby.ts';
import { endWorkers, ensureWorker } from './workers.ts';
import { storedWorks, type Works } from './works.ts';

/** Takes up what was cut off: what was being made, what was being removed, and servers that ended. */
export const resumeWorks = (stateDir: string): Promise<void> =>
  withWorks(stateDir, async (works) => {
    for (const kind of ['snapshot', 'copy', 'dump', 'configuration'] as const) {
      const open = works.all(kind).filter(({ wanted, result }) => wanted === 'absent' || !result);
      for (const { id } of open) await ensureWorker(stateDir, kind, id);
    }
    for (const id of await lostDrills(stateDir, works)) await ensureWorker(stateDir, 'drill', id);
    if (await standbyIsLost(stateDir, works)) await ensureWorker(stateDir, 'standby', standby);
  });

/** Ends the processes alone; what they made and what is wanted stays. */
export const stopWorks = async (stateDir: string): Promise<void> => {
  await endWorkers(stateDir);
  await endAllServers(stateDir);
};

const lostDrills = async (stateDir: string, works: Works): Promise<string[]> => {
  const lost = await Promise.all(
    works.all('drill').map(async (work) => ({ id: work.id, lost: await isLost(stateDir, work) })),
  );
  return lost.filter((drill) => drill.lost).map(({ id }) => id);
};

/** Copies that should be there or be removed, with nobody at it. */
export const missingServers = (stateDir: string): Promise<string[]> =>
  withWorks(stateDir, async (works) => {
    const lost = await lostDrills(stateDir, works);
    return (await standbyIsLost(stateDir, works)) ? [...lost, standby] : lost;
  });

/** Process ids of the servers of drills. */
export const drillProcesses = (stateDir: string): Promise<Record<string, number>> =>
  withWorks(stateDir, async (works) => {
    const pidOf = async (id: string) => [id, await serverPid(join(paths.drill(stateDir, id), 'data'))] as const;
    const all = await Promise.all(works.all('drill').map(({ id }) => pidOf(id)));
    return Object.fromEntries(all.filter((one): one is [string, number] => one[1] !== undefined));
  });

const withWorks = async <T>(stateDir: string, work: (works: Works) => Promise<T>): Promise<T> => {
  const store = openStore(stateDir);
  return work(storedWorks(store)).finally(() => store.close());
};
