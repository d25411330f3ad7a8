import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstanceId } from '../../../lib/contracts/database.ts';
import { ActionImpossible, InstanceNotFound } from '../../../lib/contracts/failures.ts';
import { type Instant, toMs } from '../../../lib/contracts/instant.ts';
import type { Caches, DatabaseOperations } from '../../../lib/ports/data-tier.ts';
import type { Writers } from '../../../lib/ports/failover.ts';
import { startDatabase, stopDatabase } from '../postgres/postgres.ts';
import { paths } from '../process/paths.ts';
import { admitServer } from '../second-region/names.ts';
import { production, runsProduction } from './production.ts';
import { standby } from './standby.ts';

/**
 * Acts on the world's own PostgreSQL. It has no standby beside it and a disk that is this machine's, so what needs either is refused.
 * `writers`: promotes the copy in the second region.
 */
export const liveOperations = (stateDir: string, writers: Pick<Writers, 'promote'>): DatabaseOperations => ({
  async restart(id, how, since, token) {
    assertOurs(id);
    if (id === standby || how === 'to-standby')
      throw new ActionImpossible(`${id}: has no standby in its own region to fail over to`, { id });
    await admitServer(stateDir, id, token);
    if (await startedSince(stateDir, since)) return;
    await stopDatabase(stateDir);
    await startDatabase(stateDir);
  },
  async extendStorage(id) {
    assertOurs(id);
    throw new ActionImpossible(`${id}: its disk is that of this machine, which nothing here can extend`, { id });
  },
  async promote(id, token) {
    assertOurs(id);
    if (id === standby && (await runsProduction(stateDir)))
      throw new ActionImpossible(`${id}: follows ${production}, which runs; promoted it would be a second writer`, {
        id,
      });
    await admitServer(stateDir, id, token);
    if (id === standby) await writers.promote(id, token);
  },
});

const assertOurs = (id: InstanceId): void => {
  if (id !== production && id !== standby) throw new InstanceNotFound(`instance "${id}" is not there`, { id });
};

/** A server writes this file once, as it begins. What it says of its start elsewhere is in whole seconds. */
const startedSince = async (stateDir: string, since: Instant): Promise<boolean> => {
  if (!(await runsProduction(stateDir))) return false;
  const { mtimeMs } = await stat(join(paths.database(stateDir), 'postmaster.opts'));
  return mtimeMs >= toMs(since);
};

/** The twin has none. */
export const liveCaches: Caches = {
  async failOver(id) {
    throw new ActionImpossible(`cache ${id}: the twin runs no cache`, { id });
  },
};
