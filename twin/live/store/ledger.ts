import type { DatabaseSync } from 'node:sqlite';
import { LedgerEntry, type LedgerFact } from '../../../lib/contracts/ledger.ts';
import { chainEntry } from '../../../lib/domain/ledger/chain.ts';
import type { Ledger } from '../../../lib/ports/ledger.ts';
import { bodyOf } from './body.ts';
import type { Store } from './database.ts';

export const storedLedger = (store: Store): Ledger => ({
  append: async (fact) => store.write((database) => keptIn(database, fact) ?? add(database, fact)),
  read: async (service, afterSequence, limit) =>
    store.read((database) =>
      database
        .prepare('SELECT body FROM ledger WHERE service = ? AND sequence > ? ORDER BY sequence LIMIT ?')
        .all(service, afterSequence, limit)
        .map((row) => bodyOf('ledger', row, LedgerEntry)),
    ),
});

const keptIn = (database: DatabaseSync, { service, key }: LedgerFact): LedgerEntry | undefined => {
  const row = database.prepare('SELECT body FROM ledger WHERE service = ? AND key = ?').get(service, key);
  return row && bodyOf('ledger', row, LedgerEntry);
};

const add = (database: DatabaseSync, fact: LedgerFact): LedgerEntry => {
  const newest = database
    .prepare('SELECT body FROM ledger WHERE service = ? ORDER BY sequence DESC LIMIT 1')
    .get(fact.service);
  const entry = chainEntry(fact, newest && bodyOf('ledger', newest, LedgerEntry));
  database
    .prepare('INSERT INTO ledger VALUES (?, ?, ?, ?)')
    .run(entry.service, entry.sequence, entry.key, JSON.stringify(entry));
  return entry;
};
