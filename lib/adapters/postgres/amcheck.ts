import type { TableName } from '../../contracts/content.ts';
import { isDamage, saysOf, tableIsMissing } from './failures.ts';
import { inTransaction, type Session, tryIn } from './session.ts';
import { ownSchema, quotedTable } from './tables.ts';

/** More complaints of one table tell nothing more. */
export const mostComplaints = 20;

/** One piece of the search for damage, within the transaction that is open. Gives what it complained of. */
export type Search = (session: Session) => Promise<string[]>;

/**
 * What amcheck can be asked of a table and its B-tree indexes, piece by piece: every index against every row. It is installed in a
 * drill's copy, and never in production. A copy that cannot be checked says so: unknown is no pass.
 */
export const searchesFor = async (session: Session, table: TableName): Promise<Search[]> => {
  const schema = await amcheckSchema(session);
  if (schema === undefined)
    return session.drill ? [async () => ['amcheck: cannot be installed, so no index was checked']] : [];
  const indexes = await indexesOf(session, table);
  return [badPages(schema, table), ...indexes.map((index) => badEntries(schema, index))];
};

/** In a transaction of its own: other connections must see it. */
const amcheckSchema = async ({ client, drill }: Session): Promise<string | undefined> => {
  const install = async () => {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${ownSchema}`);
    await client.query(`CREATE EXTENSION IF NOT EXISTS amcheck SCHEMA ${ownSchema}`);
  };
  if (drill) await inTransaction(client, 'BEGIN', () => tryIn(client, install, () => undefined));
  const { rows } = await client.query(`
    SELECT quote_ident(n.nspname) AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'amcheck'`);
  return rows[0]?.schema;
};

/** Valid B-trees alone: one that is being built is no evidence of anything. */
const indexesOf = async ({ client }: Session, table: TableName): Promise<string[]> => {
  const valid = `
    SELECT i.indexrelid::regclass::text AS index FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE i.indrelid = to_regclass($1) AND i.indisvalid AND a.amname = 'btree' ORDER BY 1`;
  return (await client.query(valid, [quotedTable(client, table)])).rows.map(({ index }) => index);
};

const complaint = (error: unknown): string => {
  if (isDamage(error) || tableIsMissing(error)) return saysOf(error);
  throw error;
};

const badPages =
  (schema: string, table: TableName): Search =>
  ({ client }) => {
    const sql = `SELECT blkno, msg FROM ${schema}.verify_heapam($1::regclass) LIMIT ${mostComplaints}`;
    const check = async () => (await client.query(sql, [quotedTable(client, table)])).rows;
    const told = async () => (await check()).map(({ blkno, msg }) => `page ${blkno}: ${msg}`);
    return tryIn(client, told, (error) => [complaint(error)]);
  };

const badEntries =
  (schema: string, index: string): Search =>
  ({ client }) => {
    const check = async () => {
      await client.query(`SELECT ${schema}.bt_index_check($1::regclass, heapallindexed => true)`, [index]);
      return [];
    };
    return tryIn<string[]>(client, check, (error) => [`index ${index}: ${complaint(error)}`]);
  };
