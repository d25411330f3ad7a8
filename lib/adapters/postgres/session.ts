import pg from 'pg';
import type { InstanceId } from '../../contracts/database.ts';
import { failureOf } from './failures.ts';
import type { Login, LoginFor } from './login.ts';

const connectMs = 5000;
/** For a question that reads little. */
const quickMs = 30_000;

/** So that a row has the same text on every server, whatever a database or role has set for itself. */
const sameText = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  lc_monetary: 'C',
  xmlbinary: 'base64',
  row_security: 'off',
  search_path: 'pg_catalog',
};

export type Session = { client: pg.Client; drill: boolean; database: string };

/** Another session on the same database. Errors: those of `inSession`. */
export type OpenSession = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

/**
 * One connection for one piece of work, so that nothing is kept open in a process that is frozen between calls. Errors:
 * those of `LoginFor`, `DependencyUnavailable`, `ProductionLogin` for a copy that refuses its own login, `AccessDenied`.
 */
export const inSession = async <T>(
  loginFor: LoginFor,
  id: InstanceId,
  work: (session: Session) => Promise<T>,
): Promise<T> => {
  const login = await loginFor(id);
  const client = clientOf(login);
  try {
    await client.connect();
    return await work({ client, drill: login.drill, database: login.database });
  } catch (error) {
    throw failureOf(error, id, login.drill);
  } finally {
    await client.end().catch(() => undefined);
  }
};

const clientOf = ({ drill: _, ssl, ...login }: Login): pg.Client => {
  const options = Object.entries(sameText).map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`);
  const client = new pg.Client({
    ...login,
    ...(ssl && { ssl: { ...ssl, rejectUnauthorized: true } }),
    application_name: 'evenkeel',
    connectionTimeoutMillis: connectMs,
    statement_timeout: quickMs,
    idle_in_transaction_session_timeout: quickMs,
    options: options.join(' '),
  });
  // A connection that breaks between two questions: the next question says so.
  client.on('error', () => undefined);
  return client;
};

/** `begin`: what kind of transaction. It is taken back unless all of the work was done. */
export const inTransaction = async <T>(client: pg.Client, begin: string, work: () => Promise<T>): Promise<T> => {
  await client.query(begin);
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
};

/** A large table takes long, but not longer than a function may run. */
const wholeTableMs = 14 * 60_000;

export const inLongTransaction = <T>({ client }: Session, begin: string, work: () => Promise<T>): Promise<T> =>
  inTransaction(client, begin, async () => {
    await client.query(`SET LOCAL statement_timeout = ${wholeTableMs}`);
    return work();
  });

/** Lets one transaction try something that may fail, and go on. */
export const tryIn = async <T>(
  client: pg.Client,
  work: () => Promise<T>,
  failed: (error: unknown) => T,
): Promise<T> => {
  await client.query('SAVEPOINT attempt');
  try {
    const result = await work();
    await client.query('RELEASE SAVEPOINT attempt');
    return result;
  } catch (error) {
    const answer = failed(error);
    await client.query('ROLLBACK TO SAVEPOINT attempt');
    return answer;
  }
};
