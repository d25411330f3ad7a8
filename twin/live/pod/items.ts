import { DatabaseAddress } from '../postgres/address.ts';
import { readRecord } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';

const mostConnections = 2;
const giveUpAfterMs = 2000;

/** Reads a few rows from the service's database. Nothing of it is loaded before the first such request. */
export const itemsReader = (stateDir: string): (() => Promise<unknown[]>) => {
  const connect = async () => {
    const address = await readRecord(paths.databaseAddress(stateDir), DatabaseAddress);
    if (!address) throw new Error('this world has no database');
    const { default: pg } = await import('pg');
    const pool = new pg.Pool({ ...address, max: mostConnections, connectionTimeoutMillis: giveUpAfterMs });
    pool.on('error', (error) => console.error(`idle database connection lost: ${error.message}`));
    return pool;
  };
  let pool: ReturnType<typeof connect> | undefined;
  const connected = () => {
    pool ??= connect().catch((error) => {
      pool = undefined;
      throw error;
    });
    return pool;
  };
  return async () => {
    const open = await connected();
    return (await open.query('SELECT id, name FROM items ORDER BY id LIMIT 20')).rows;
  };
};
