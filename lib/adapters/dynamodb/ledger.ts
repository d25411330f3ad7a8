import { setTimeout } from 'node:timers/promises';
import * as v from 'valibot';
import { WriteConflict } from '../../contracts/failures.ts';
import { LedgerEntry, type LedgerFact } from '../../contracts/ledger.ts';
import type { ServiceName } from '../../contracts/names.ts';
import { chainEntry } from '../../domain/ledger/chain.ts';
import type { Ledger } from '../../ports/ledger.ts';
import { adapter } from '../../runtime/adapter.ts';
import { readRecord } from './read-record.ts';
import { type Key, type Table, tableNamed, tableSetting } from './table.ts';

/** Writers of one service rarely meet; after this many losses in a row the machine's retry takes over. */
const maxAttempts = 10;
const maxPauseMs = 50;

const Marker = v.object({ sequence: v.number() });

const partition = (service: ServiceName) => `ledger#${service}`;
const markerKey = ({ service, key }: LedgerFact): Key => ({ pk: partition(service), sk: `key#${key}` });
/** Padded, because sort keys are compared as text. */
const entryKey = (service: ServiceName, sequence: number): Key => ({
  pk: partition(service),
  sk: `entry#${String(sequence).padStart(12, '0')}`,
});

const ledgerIn = (table: Table): Ledger => {
  const kept = async (fact: LedgerFact): Promise<LedgerEntry | undefined> => {
    const marker = await table.get(markerKey(fact));
    if (!marker) return undefined;
    const item = await table.get(entryKey(fact.service, readRecord(Marker, marker).sequence));
    return item && readRecord(LedgerEntry, item);
  };

  /** The entry, unless another writer took its place in the chain or wrote its key first. */
  const tryAppend = async (fact: LedgerFact): Promise<LedgerEntry | undefined> => {
    const already = await kept(fact);
    if (already) return already;
    const [newest] = await table.query(newestEntry(fact.service), 1);
    const entry = chainEntry(fact, newest && readRecord(LedgerEntry, newest));
    const added = await table.putNew([
      { ...entry, ...entryKey(fact.service, entry.sequence) },
      { ...markerKey(fact), sequence: entry.sequence },
    ]);
    return added ? entry : undefined;
  };

  return {
    async append(fact) {
      for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
        const entry = await tryAppend(fact).catch(unlessConflict);
        if (entry) return entry;
        await setTimeout(Math.random() * maxPauseMs);
      }
      throw new WriteConflict(`ledger of ${fact.service}: lost to other writers ${maxAttempts} times`, {
        service: fact.service,
        key: fact.key,
      });
    },
    async read(service, afterSequence, limit) {
      const items = await table.query(entriesAfter(service, afterSequence), limit);
      return items.map((item) => readRecord(LedgerEntry, item));
    },
  };
};

const unlessConflict = (error: unknown): undefined => {
  if (!(error instanceof WriteConflict)) throw error;
};

const newestEntry = (service: ServiceName) => ({
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :entry)',
  ExpressionAttributeValues: { ':pk': partition(service), ':entry': 'entry#' },
  ScanIndexForward: false,
});

const entriesAfter = (service: ServiceName, sequence: number) => ({
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
  ExpressionAttributeValues: {
    ':pk': partition(service),
    ':from': entryKey(service, sequence + 1).sk,
    ':to': entryKey(service, 999_999_999_999).sk,
  },
});

export const dynamoLedger = adapter(tableSetting, ({ CONTROL_TABLE }) => ledgerIn(tableNamed(CONTROL_TABLE)));
