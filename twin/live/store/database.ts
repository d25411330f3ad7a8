import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DependencyThrottled, DependencyUnavailable } from '../../../lib/contracts/failures.ts';
import { paths } from '../process/paths.ts';

const waitForOthersMs = 5000;
const busy = 5;

/** Values are JSON in `body`; the other columns are what conditions and orders need. */
const tables = `
  CREATE TABLE IF NOT EXISTS releases (
    release_id TEXT PRIMARY KEY, service TEXT NOT NULL, planned_at TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS releases_of_service ON releases (service, planned_at);
  CREATE TABLE IF NOT EXISTS live (service TEXT PRIMARY KEY, token INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS bad (
    service TEXT NOT NULL, digest TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (service, digest)) STRICT;
  CREATE TABLE IF NOT EXISTS leases (
    resource TEXT PRIMARY KEY, token INTEGER NOT NULL, holder TEXT, until TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS ledger (
    service TEXT NOT NULL, sequence INTEGER NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (service, sequence), UNIQUE (service, key)) STRICT;
  CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS alarms (name TEXT PRIMARY KEY, state TEXT NOT NULL, acts INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS alarm_moments (name TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS backups (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, started_at TEXT NOT NULL, body TEXT NOT NULL, before TEXT, after TEXT) STRICT;
  CREATE INDEX IF NOT EXISTS backups_of_database ON backups (name, started_at);
  CREATE TABLE IF NOT EXISTS drills (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, started_at TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS drills_of_database ON drills (name, started_at);
  CREATE TABLE IF NOT EXISTS productions (drill TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS removals (drill TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS certificates (subject TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS certificate_logs (log TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS certificate_runs (
    run TEXT NOT NULL, kind TEXT NOT NULL, part TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (run, kind, part)) STRICT;
  CREATE TABLE IF NOT EXISTS incidents (
    id TEXT PRIMARY KEY, opened_at TEXT NOT NULL, ended_at TEXT, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS attempts (id TEXT PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS attempts_by_time ON attempts (at);
  CREATE TABLE IF NOT EXISTS alarm_changes (
    name TEXT NOT NULL, at TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (name, at, id)) STRICT;
  CREATE INDEX IF NOT EXISTS alarm_changes_by_time ON alarm_changes (at);
  CREATE TABLE IF NOT EXISTS breakers (resource TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS pager_events (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS works (
    kind TEXT NOT NULL, id TEXT NOT NULL, wanted TEXT NOT NULL, body TEXT NOT NULL, result TEXT,
    PRIMARY KEY (kind, id)) STRICT;
`;

/**
 * The control plane's own store. It is not the services' PostgreSQL, because an undo must not need the database that a
 * bad release may just be breaking. Any number of processes may have it open.
 */
export interface Store {
  /** All of it or nothing, with no other writer in between; on disk when it returns. */
  write<T>(work: (database: DatabaseSync) => T): T;
  read<T>(work: (database: DatabaseSync) => T): T;
  close(): void;
}

export const openStore = (stateDir: string): Store => {
  const path = paths.store(stateDir);
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: waitForOthersMs });
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${tables}`);
  return {
    read: (work) => named(() => work(database)),
    write: (work) => named(() => inTransaction(database, work)),
    close: () => database.close(),
  };
};

const inTransaction = <T>(database: DatabaseSync, work: (database: DatabaseSync) => T): T => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work(database);
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
};

const named = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    const { code, errcode } = error as { code?: string; errcode?: number };
    if (code !== 'ERR_SQLITE_ERROR') throw error;
    const Kind = errcode === busy ? DependencyThrottled : DependencyUnavailable;
    throw new Kind(`control-plane store: ${(error as Error).message}`, { errcode }, { cause: error });
  }
};
