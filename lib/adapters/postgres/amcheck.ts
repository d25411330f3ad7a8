import type { TableName } from '../../contracts/content.ts';
import { isDamage, saysOf } from './failures.ts';
import { type Session, tryIn } from './session.ts';
import { ownSchema, quotedTable } from './tables.ts';

/** More complaints of one table tell nothing more. */
const mostComplaints = 20;

/**
 * What amcheck says against a table and its B-tree indexes. It is installed in a drill's copy, and never in production. A copy
 * that cannot be checked says so: unknown is no pass.
 */
export const findDamage = async (session: Session, table: TableName): Promise<string[]> => {
  const schema = await amcheckSchema(session);
  if (schema === undefined) return session.drill ? ['amcheck: cannot be installed, so no index was checked'] : [];
  const pages = await badPages(session, schema, table);
  const indexes = await badIndexes(session, schema, table);
  return [...pages, ...indexes].slice(0, mostComplaints);
};

const amcheckSchema = async ({ client, drill }: Session): Promise<string | undefined> => {
  const install = async () => {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${ownSchema}`);
    await client.query(`CREATE EXTENSION IF NOT EXISTS amcheck SCHEMA ${ownSchema}`);
  };
  if (drill) await tryIn(client, install, () => undefined);
  const { rows } = await client.query(`
    SELECT quote_ident(n.nspname) AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'amcheck'`);
  return rows[0]?.schema;
};

const complaint = (error: unknown): string => {
  if (isDamage(error)) return saysOf(error);
  throw error;
};

const badPages = ({ client }: Session, schema: string, table: TableName): Promise<string[]> =>
  tryIn(
    client,
    async () => {
      const found = await client.query(
        `SELECT blkno, msg FROM ${schema}.verify_heapam($1::regclass) LIMIT ${mostComplaints}`,
        [quotedTable(client, table)],
      );
      return found.rows.map(({ blkno, msg }) => `page ${blkno}: ${msg}`);
    },
    (error) => [complaint(error)],
  );

/** Valid B-trees alone: one that is being built is no evidence of anything. */
const indexesOf = `
  SELECT i.indexrelid::regclass::text AS index FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
  WHERE i.indrelid = to_regclass($1) AND i.indisvalid AND a.amname = 'btree' ORDER BY 1`;

const badIndexes = async ({ client }: Session, schema: string, table: TableName): Promise<string[]> => {
  const { rows } = await client.query(indexesOf, [quotedTable(client, table)]);
  const found: string[] = [];
  for (const { index } of rows) {
    const check = async () => {
      await client.query(`SELECT ${schema}.bt_index_check($1::regclass, heapallindexed => true)`, [index]);
      return [];
    };
    found.push(...(await tryIn<string[]>(client, check, (error) => [`index ${index}: ${complaint(error)}`])));
  }
  return found;
};
