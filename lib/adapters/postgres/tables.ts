import type pg from 'pg';
import type { ContentOutline, TableName } from '../../contracts/content.ts';
import { InputInvalid } from '../../contracts/failures.ts';

/** Ours, beside what users have: sentinels, and the extension that checks. */
export const ownSchema = 'evenkeel';
export const sentinelName = 'sentinel';

/**
 * Tables and materialized views of users. What is unlogged or temporary is left out: no backup of PostgreSQL holds it. The
 * parts of a partitioned table are tables of their own. Rule: of our schema the sentinels alone are left out: a user with the name of
 * the schema creates tables in it without knowing.
 */
const usersTables = `
  SELECT n.nspname AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'm') AND c.relpersistence = 'p'
    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
    AND (n.nspname, c.relname) <> ('${ownSchema}', '${sentinelName}')
  ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;

type Row = { schema: string; name: string; owner: string };

const tableNameOf = ({ schema, name }: Row): TableName => {
  if (!`${schema}${name}`.includes('.')) return `${schema}.${name}`;
  throw new InputInvalid(`table "${schema}"."${name}": a dot in a name is not supported; rename it`, { schema, name });
};

export const tableNames = async (client: pg.Client): Promise<TableName[]> =>
  (await client.query<Row>(usersTables)).rows.map(tableNameOf);

/** As it stands in a statement, with quotes. Errors: `InputInvalid`. */
export const quotedTable = (client: pg.Client, table: TableName): string => {
  const [schema, name, ...rest] = table.split('.');
  if (!schema || !name || rest.length > 0) throw new InputInvalid(`table: expected schema.table, got "${table}"`);
  return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
};

export const outlineOf = async (client: pg.Client): Promise<ContentOutline> => {
  const [facts] = (
    await client.query(`
      SELECT (SELECT system_identifier::text FROM pg_control_system()) AS system, current_database() AS database,
        split_part(current_setting('server_version'), ' ', 1) AS version,
        current_setting('data_checksums') = 'on' AS checksums`)
  ).rows;
  const tables = (await client.query<Row>(usersTables)).rows;
  const extensions = (await client.query('SELECT extname AS name, extversion AS version FROM pg_extension')).rows;
  return {
    systemIdentifier: facts.system,
    database: facts.database,
    engineVersion: facts.version,
    owners: Object.fromEntries(tables.map((table) => [tableNameOf(table), table.owner])),
    extensions: Object.fromEntries(extensions.map(({ name, version }) => [name, version])),
    pageChecksums: facts.checksums,
  };
};
