import { join } from 'node:path';
import pg from 'pg';
import type { Instance } from '../../../lib/contracts/database.ts';
import type { DatabaseAddress } from '../postgres/address.ts';
import { paths } from '../process/paths.ts';
import { serverIsReady } from './server.ts';
import { standby } from './standby.ts';
import { ensureWorker } from './workers.ts';
import { madeOf, type Works } from './works.ts';

const connectMs = 5000;
const gib = 2 ** 30;

/** While it streams and has replayed all that came, it is not behind, however long ago the last commit was. */
const facts = `
  SELECT pg_is_in_recovery() AS follows, CASE
    WHEN EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming')
      AND pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
    ELSE greatest(0, extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()))::float8 END AS lag`;

type Following = { follows: boolean; lag: number | null };

const ask = async (login: DatabaseAddress): Promise<Following> => {
  const client = new pg.Client({ ...login, connectionTimeoutMillis: connectMs, query_timeout: connectMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Following>(facts)).rows[0] ?? { follows: true, lag: null };
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Undefined when the world has no second region. After a promotion it follows nobody. */
export const standbyInstance = async (stateDir: string, works: Works): Promise<Instance | undefined> => {
  const work = works.find('standby', standby);
  if (!work) return undefined;
  const made = madeOf(work);
  const runs = made && (await serverIsReady(join(paths.standby(stateDir), 'data')));
  const reason = work.result && 'failed' in work.result ? work.result.failed : undefined;
  if (!runs && reason === undefined) await ensureWorker(stateDir, 'standby', standby);
  const found = runs ? await ask(made.login).catch(() => undefined) : undefined;
  return {
    id: standby,
    status: found ? 'available' : reason !== undefined ? 'failed' : made ? 'changing' : 'creating',
    ...(reason !== undefined && { statusReason: reason }),
    engineVersion: made?.engineVersion ?? 'unknown',
    sizeClass: 'db.local.process',
    storageGib: made ? Math.max(1, Math.ceil(made.bytes / gib)) : 0,
    createdAt: work.body.createdAt,
    ...(made && found && { endpoint: { host: made.login.host, port: made.login.port } }),
    reach: { public: false, subnetGroup: 'twin-second-region', securityGroups: ['twin-second-region'] },
    backupRetentionDays: 0,
    deletionProtection: true,
    encrypted: true,
    ...(found?.follows !== false && {
      follows: { id: work.body.of, ...(typeof found?.lag === 'number' && { lagSeconds: found.lag }) },
    }),
  };
};
