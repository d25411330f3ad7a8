import { join } from 'node:path';
import { fromMs } from '../../../lib/contracts/instant.ts';
import { paths } from '../process/paths.ts';
import { openStore } from '../store/database.ts';
import { production } from './production.ts';
import { serverIsReady } from './server.ts';
import { workerRuns } from './workers.ts';
import { storedWorks, type Works } from './works.ts';

/** The copy in the second region that follows the world's database, as an instance. */
export const standby = 'twin-standby';

/** From now on there is to be one; whoever keeps the world sees to it. */
export const wantStandby = async (stateDir: string): Promise<void> => {
  const store = openStore(stateDir);
  storedWorks(store).begin('standby', standby, { of: production, createdAt: fromMs(Date.now()) });
  store.close();
};

/** Whether it should run and does not, and nobody is at it. */
export const standbyIsLost = async (stateDir: string, works: Works): Promise<boolean> => {
  const work = works.find('standby', standby);
  if (!work || (work.result && 'failed' in work.result)) return false;
  const runs = work.result && (await serverIsReady(join(paths.standby(stateDir), 'data')));
  return !runs && !(await workerRuns(stateDir, 'standby', standby));
};
