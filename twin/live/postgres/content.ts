import pg from 'pg';
import { RecordCorrupt } from '../../../lib/contracts/failures.ts';
import { readRecord } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';
import { DatabaseAddress } from './address.ts';

const maintenanceDatabase = 'postgres';

/** Errors: `RecordCorrupt` when the world has no database address. */
export const databaseAddress = async (stateDir: string): Promise<DatabaseAddress> => {
  const address = await readRecord(paths.databaseAddress(stateDir), DatabaseAddress);
  if (!address) throw new RecordCorrupt(`${paths.databaseAddress(stateDir)}: not there; was the world ever started?`);
  return address;
};

const connected = async <T>(address: DatabaseAddress, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** The database of the sample services and a few rows to read; what is there already stays as it is. */
export const prepareContent = async (stateDir: string): Promise<void> => {
  const address = await databaseAddress(stateDir);
  await connected({ ...address, database: maintenanceDatabase }, async (client) => {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [address.database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(address.database)}`);
  });
  await connected(address, async (client) => {
    await client.query('CREATE TABLE IF NOT EXISTS items (id integer PRIMARY KEY, name text NOT NULL)');
    await client.query(
      `INSERT INTO items VALUES (1, 'keel'), (2, 'ballast'), (3, 'rudder') ON CONFLICT (id) DO NOTHING`,
    );
  });
};
