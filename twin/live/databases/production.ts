import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import * as v from 'valibot';
import { DatabaseBusy } from '../../../lib/contracts/failures.ts';
import { Instant } from '../../../lib/contracts/instant.ts';
import { databaseAddress } from '../postgres/content.ts';
import { databasePid } from '../postgres/postgres.ts';
import { readRecord, writeDurably } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';
import { until } from '../process/until.ts';

/** The world's own database, as an instance. */
export const production = 'twin';

const connectMs = 5000;
const archivedWithinMs = 60_000;
const ArchivedUntil = v.object({ until: Instant });

export const runsProduction = async (stateDir: string): Promise<boolean> => (await databasePid(stateDir)) !== undefined;

/** One session on the world's database. Errors: `DatabaseBusy` while it does not take any. */
export const onProduction = async <T>(stateDir: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ ...(await databaseAddress(stateDir)), connectionTimeoutMillis: connectMs });
  client.on('error', () => undefined);
  await client.connect().catch((cause) => {
    throw new DatabaseBusy(`${production}: takes no connections: ${cause.message}`, { stateDir }, { cause });
  });
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};

export const untilArchived = async (stateDir: string, segment: string): Promise<void> => {
  const file = join(paths.walArchive(stateDir), segment);
  await until(`segment ${segment} in the archive`, archivedWithinMs, () => existsSync(file));
};

/**
 * Sees to it that every commit until now is in the archive, and says until when that is so. A commit after that moment is
 * archived too: recovery stops at a moment only when it meets a later commit.
 */
export const archiveNow = async (stateDir: string): Promise<Instant> => {
  const { until: now, segment } = await onProduction(stateDir, async (client) => {
    const { rows } = await client.query('SELECT clock_timestamp() AS until');
    await client.query(`SELECT pg_logical_emit_message(true, 'evenkeel', 'a commit to stop at')`);
    const switched = await client.query('SELECT pg_walfile_name(pg_switch_wal()) AS segment');
    return { until: (rows[0].until as Date).toISOString(), segment: switched.rows[0].segment as string };
  });
  await untilArchived(stateDir, segment);
  await writeDurably(paths.archivedUntil(stateDir), { until: now });
  return now;
};

/** The last moment that can be restored: now while the database runs, and otherwise the last that is known to be archived. */
export const archivedUntil = async (stateDir: string): Promise<Instant | undefined> => {
  const fresh = (await runsProduction(stateDir)) ? await archiveNow(stateDir).catch(() => undefined) : undefined;
  return fresh ?? (await readRecord(paths.archivedUntil(stateDir), ArchivedUntil))?.until;
};
