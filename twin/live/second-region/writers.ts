import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inSession } from '../../../lib/adapters/postgres/session.ts';
import { takesWrites } from '../../../lib/adapters/postgres/takes-writes.ts';
import { InstanceNotFound } from '../../../lib/contracts/failures.ts';
import type { Writers } from '../../../lib/ports/failover.ts';
import { give } from '../databases/files.ts';
import { liveLogins } from '../databases/login.ts';
import { onProduction, production, runsProduction } from '../databases/production.ts';
import { refuseAll } from '../databases/restored-settings.ts';
import { standby } from '../databases/standby.ts';
import type { Works } from '../databases/works.ts';
import { ownerOf } from '../postgres/owner.ts';
import { paths } from '../process/paths.ts';
import { admitServer } from './names.ts';

export const liveWriters = (stateDir: string, works: Works): Writers => {
  const loginFor = liveLogins(stateDir, works);
  return {
    state: takesWrites(loginFor),
    async fence(id, token) {
      if (id !== production) throw new InstanceNotFound(`${id}: takes no writes of users here`, { id });
      await admitServer(stateDir, id, token);
      if (!(await runsProduction(stateDir))) return 'unreachable';
      await fence(stateDir);
      return 'fenced';
    },
    async promote(id, token) {
      if (id !== standby || !works.find('standby', id))
        throw new InstanceNotFound(`${id}: no copy that follows`, { id });
      await admitServer(stateDir, id, token);
      await inSession(loginFor, id, async ({ client }) => {
        const { rows } = await client.query('SELECT pg_is_in_recovery() AS follows');
        if (rows[0].follows) await client.query('SELECT pg_promote(false)');
      });
    },
  };
};

/**
 * Nobody is let in any more, and who is in is put out. What streams to the copy is left, so that the copy gets the last commits. A
 * server that lets nobody in is fenced already.
 */
const fence = async (stateDir: string): Promise<void> => {
  const hba = join(paths.database(stateDir), 'pg_hba.conf');
  const owner = await ownerOf(paths.database(stateDir));
  await onProduction(stateDir, async (client) => {
    await copyFile(hba, `${hba}.before-fence`);
    await writeFile(hba, refuseAll);
    await give(hba, owner);
    await client.query('SELECT pg_reload_conf()');
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
  }).catch(async (error: Error & { cause?: { code?: string } }) => {
    if (!error.cause?.code?.startsWith('28')) throw error;
  });
};
