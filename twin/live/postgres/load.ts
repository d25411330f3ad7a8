import pg from 'pg';
import { databaseAddress } from './content.ts';

/** `connectionsShare`: used of all that there may be. `blockedSessions`: those that wait for another for longer than asked. */
export type DatabaseLoad = { connectionsShare: number; blockedSessions?: number };

const noneIsLeft = '53300';
const answersWithinMs = 2000;
const load = `
  SELECT count(*) FILTER (WHERE backend_type = 'client backend')::float8 / current_setting('max_connections')::int AS used,
    count(*) FILTER (WHERE wait_event_type = 'Lock' AND now() - query_start > make_interval(secs => $1))::int AS blocked
  FROM pg_stat_activity`;

/** What PostgreSQL says of itself. That no connection is left is an answer too. Errors: those of `pg`. */
export const databaseLoad = async (stateDir: string, waitedSeconds: number): Promise<DatabaseLoad> => {
  const client = new pg.Client({
    ...(await databaseAddress(stateDir)),
    connectionTimeoutMillis: answersWithinMs,
    query_timeout: answersWithinMs,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(load, [waitedSeconds]);
    return { connectionsShare: rows[0].used, blockedSessions: rows[0].blocked };
  } catch (error) {
    if ((error as { code?: string }).code === noneIsLeft) return { connectionsShare: 1 };
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
};
