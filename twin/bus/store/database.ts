import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';

/** `held`: an attempt is under way. Partial indexes keep the look for due work short however many letters are dead. */
const tables = `
  CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, payload TEXT NOT NULL,
    accepted_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL, held INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, faults INTEGER NOT NULL DEFAULT 0, dead_ms INTEGER, error TEXT) STRICT;
  CREATE INDEX IF NOT EXISTS due ON deliveries (due_ms) WHERE dead_ms IS NULL AND held = 0;
  CREATE INDEX IF NOT EXISTS dead ON deliveries (dead_ms) WHERE dead_ms IS NOT NULL;
  CREATE TABLE IF NOT EXISTS ticks (
    id TEXT PRIMARY KEY, expression TEXT NOT NULL, anchor_ms INTEGER NOT NULL, due_ms INTEGER) STRICT;
`;

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** What the bus may never forget, in one file. A statement outside `atOnce` is a transaction of its own. */
export interface Database {
  /** All of it or nothing; on disk when it returns. */
  atOnce<T>(work: () => T): T;
  /**
   * As `atOnce`, but on disk only with the next that must be: for what is merely done again when the machine loses its power. That the
   * process ends loses nothing.
   */
  soon<T>(work: () => T): T;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** Answers how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number;
  close(): void;
}

export const openDatabase = (path: string): Database => {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${tables}`);
  return {
    atOnce: (work) => inTransaction(database, work),
    soon: (work) => {
      database.exec('PRAGMA synchronous = NORMAL');
      try {
        return inTransaction(database, work);
      } finally {
        database.exec('PRAGMA synchronous = FULL');
      }
    },
    all: (sql, ...values) => database.prepare(sql).all(...values),
    run: (sql, ...values) => Number(database.prepare(sql).run(...values).changes),
    close: () => database.close(),
  };
};

const inTransaction = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
};
