import type { TableName, TableReading } from '../../contracts/content.ts';
import { mostComplaints, type Search, searchesFor } from './amcheck.ts';
import { isDamage, saysOf, tableIsMissing } from './failures.ts';
import { inLanes } from './lanes.ts';
import { type OpenSession, type Session, tryIn } from './session.ts';
import { quotedTable } from './tables.ts';

/** Below it a second connection costs more than it saves. */
export const largeBytes = 16 * 1024 * 1024;

/**
 * One pass on the server in constant memory, and one row comes back. The sum does not depend on the order of rows. A value
 * that is stored apart is read too, as its text goes into the hash.
 */
const reading = (quoted: string): string =>
  `SELECT count(*)::float8 AS rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text AS checksum FROM ONLY ${quoted} AS t`;

/** Counts and sums within the transaction that is open; undefined when there is no such table. */
export const sumTable = async ({ client }: Session, table: TableName): Promise<TableReading | undefined> => {
  const quoted = quotedTable(client, table);
  return tryIn<TableReading | undefined>(
    client,
    async () => ({ table, ...(await client.query(reading(quoted))).rows[0], damage: [] }),
    (error) => {
      if (tableIsMissing(error)) return undefined;
      if (isDamage(error)) return unreadable(table, saysOf(error));
      throw error;
    },
  );
};

const unreadable = (table: TableName, problem: string): TableReading => ({
  table,
  rows: 0,
  checksum: 'unreadable',
  damage: [problem],
});

/**
 * Rows, indexes and pages of one table. A large one is read on two connections: a check of an index keeps one processor busy, and the
 * smallest copy has two.
 */
export const readTable = (open: OpenSession, table: TableName): Promise<TableReading> =>
  open(async (session) => {
    const searches = await searchesFor(session, table);
    const lanes = searches.length > 0 && (await isLarge(session, table)) ? 2 : 1;
    const sum = async (lane: Session) => (await sumTable(lane, table)) ?? unreadable(table, 'there is no such table');
    const findings = await inLanes<Finding>({ open, session, lanes }, [sum, ...searches.map(asFinding)]);
    return findings.reduce<TableReading>(together, { table, rows: 0, checksum: 'unreadable', damage: [] });
  });

type Finding = { damage: string[] } & Partial<TableReading>;

const asFinding = (search: Search) => async (lane: Session) => ({ damage: await search(lane) });

const together = (all: TableReading, one: Finding): TableReading => ({
  ...all,
  ...one,
  damage: [...all.damage, ...one.damage].slice(0, mostComplaints),
});

const isLarge = async ({ client }: Session, table: TableName): Promise<boolean> => {
  const size = 'SELECT coalesce(pg_table_size(to_regclass($1)), 0)::float8 AS bytes';
  return (await client.query(size, [quotedTable(client, table)])).rows[0].bytes > largeBytes;
};
