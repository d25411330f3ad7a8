import type pg from 'pg';
import type { Sentinel, SentinelReading } from '../../contracts/content.ts';
import { ClockSkewed } from '../../contracts/failures.ts';
import { type Instant, secondsBetween } from '../../contracts/instant.ts';
import { nextSentinel, sentinelProblem } from '../../domain/recovery/sentinel.ts';
import { isDamage, saysOf } from './failures.ts';
import { inTransaction, type Session, tryIn } from './session.ts';
import { ownSchema, sentinelName } from './tables.ts';

const table = `${ownSchema}.${sentinelName}`;
const columns = `sequence::float8 AS sequence, hash,
  to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`;
const pageRows = 10_000;
const minuteSeconds = 60;

const minuteOf = (at: Instant): string => at.slice(0, 'YYYY-MM-DDTHH:MM'.length);

const isThere = async (client: pg.Client): Promise<boolean> =>
  (await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [table])).rows[0].there;

const newestOf = async (client: pg.Client): Promise<Sentinel | undefined> =>
  (await client.query<Sentinel>(`SELECT ${columns} FROM ${table} ORDER BY sequence DESC LIMIT 1`)).rows[0];

/** One writer at a time, so that the chain has one end. Errors: `ClockSkewed` when the newest lies in the future. */
export const addSentinel = ({ client }: Session, now: Instant): Promise<Sentinel> =>
  inTransaction(client, 'BEGIN', async () => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('${table}', 0))`);
    if (!(await isThere(client))) await createTable(client);
    const newest = await newestOf(client);
    assertNotAhead(newest, now);
    if (newest && minuteOf(newest.at) >= minuteOf(now)) return newest;
    const next = nextSentinel(newest, now);
    await client.query(`INSERT INTO ${table} VALUES ($1, $2, $3)`, [next.sequence, next.at, next.hash]);
    return next;
  });

const createTable = async (client: pg.Client): Promise<void> => {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${ownSchema}`);
  await client.query(
    `CREATE TABLE ${table} (sequence bigint PRIMARY KEY, at timestamptz NOT NULL, hash text NOT NULL)`,
  );
};

const assertNotAhead = (newest: Sentinel | undefined, now: Instant): void => {
  if (!newest || secondsBetween(now, newest.at) <= minuteSeconds) return;
  throw new ClockSkewed(`the newest sentinel is of ${newest.at}, and now is ${now}`, { newest: newest.at, now });
};

/** The whole chain, page by page. One that cannot be read is broken. */
export const readSentinels = ({ client }: Session): Promise<SentinelReading> =>
  inTransaction(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', () =>
    tryIn<SentinelReading>(
      client,
      async () => ((await isThere(client)) ? walk(client) : { count: 0 }),
      (error) => {
        if (isDamage(error)) return { count: 0, broken: saysOf(error) };
        throw error;
      },
    ),
  );

const walk = async (client: pg.Client): Promise<SentinelReading> => {
  let newest: Sentinel | undefined;
  let broken: string | undefined;
  let count = 0;
  for (;;) {
    const rows = await pageAfter(client, newest);
    broken ??= sentinelProblem(newest, rows);
    count += rows.length;
    newest = rows.at(-1) ?? newest;
    if (rows.length < pageRows) return { ...(newest && { newest }), count, ...(broken && { broken }) };
  }
};

const pageAfter = async (client: pg.Client, last: Sentinel | undefined): Promise<Sentinel[]> => {
  const text = `SELECT ${columns} FROM ${table} WHERE sequence > $1 ORDER BY sequence LIMIT ${pageRows}`;
  return (await client.query<Sentinel>(text, [last?.sequence ?? 0])).rows;
};
