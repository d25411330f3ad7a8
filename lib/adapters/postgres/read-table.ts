import type { TableName, TableReading } from '../../contracts/content.ts';
import { findDamage } from './amcheck.ts';
import { isDamage, saysOf, tableIsMissing } from './failures.ts';
import { type Session, tryIn } from './session.ts';
import { quotedTable } from './tables.ts';

/** A large table takes long, but not longer than a function may run. */
export const wholeTableMs = 14 * 60_000;

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

/** Rows, indexes and pages of one table. */
export const readTable = async (session: Session, table: TableName): Promise<TableReading> => {
  const sum = (await sumTable(session, table)) ?? unreadable(table, 'there is no such table');
  return { ...sum, damage: [...sum.damage, ...(await findDamage(session, table))] };
};
