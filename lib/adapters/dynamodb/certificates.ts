import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { CertificateState, Finding, SourceReading } from '../../contracts/certificate.ts';
import type { RunId } from '../../contracts/names.ts';
import type { CertificateRecords, LogCursor } from '../../ports/certificates.ts';
import { adapter } from '../../runtime/adapter.ts';
import { overAll } from '../http/in-parallel.ts';
import { BlobPlace, keepBlob, readBlob } from './blobs.ts';
import { readRecord } from './read-record.ts';
import { type Item, type Key, type Table, tableNamed, tableSetting } from './table.ts';

/*
 * States lie in sixteen partitions: thousands are written at the end of a run, and DynamoDB takes a thousand writes a second into
 * one. What a run finds on its way is one partition each, and expires.
 */
const shards = '0123456789abcdef';
const runsAreKeptSeconds = 7 * 86_400;
/** Writes at the same time; answers of whole partitions are large, so fewer. */
const atOnce = 16;
const partitionsAtOnce = 2;
/** Above what any range here holds. */
const all = 1_000_000;

const statesIn = (shard: string): string => `certificate#state/${shard}`;
const stateKey = (subject: string): Key => ({
  pk: statesIn(createHash('sha256').update(subject).digest('hex').slice(0, 1)),
  sk: subject,
});
const logs = 'certificate#logs';
const runPartition = (run: RunId): string => `certificate#run/${run}`;

const State = v.object({ state: CertificateState });
const Cursor = v.object({ log: v.string(), size: v.number(), root: v.string() });
const Place = v.object({ part: v.string(), place: BlobPlace });

const wholeOf = (pk: string) => ({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } });
const placesOf = (pk: string, kind: string) => ({
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :kind)',
  ExpressionAttributeValues: { ':pk': pk, ':kind': `${kind}-place#` },
});

const recordsIn = (table: Table, now: () => number): CertificateRecords => {
  const keepPart = async (run: RunId, kind: string, part: string, value: unknown): Promise<void> => {
    const pk = runPartition(run);
    const expiresAt = Math.floor(now() / 1000) + runsAreKeptSeconds;
    const place = await keepBlob(table, { pk, prefix: kind }, value, expiresAt);
    await table.update(
      { pk, sk: `${kind}-place#${part}` },
      {
        set: 'SET #part = :part, #place = :place, #end = :end',
        names: { '#part': 'part', '#place': 'place', '#end': 'expiresAt' },
        values: { ':part': part, ':place': place, ':end': expiresAt },
      },
    );
  };

  const partsOf = async <T>(run: RunId, kind: string, schema: v.GenericSchema<unknown, T[]>): Promise<T[]> => {
    const pk = runPartition(run);
    const places = (await table.query(placesOf(pk, kind), all)).map((item) => readRecord(Place, item));
    return (await overAll(atOnce, places, ({ place }) => readBlob(table, { pk, prefix: kind }, place, schema))).flat();
  };

  return {
    async all() {
      const found = await overAll(partitionsAtOnce, [...shards], (shard) => table.query(wholeOf(statesIn(shard)), all));
      return found
        .flat()
        .filter(isKept)
        .map((item) => readRecord(State, item).state);
    },
    async keep(states) {
      await overAll(atOnce, states, (state) => table.update(stateKey(state.subject), kept(state)));
    },
    async forget(subject) {
      await table.update(stateKey(subject), forgotten(now()));
    },
    async cursors() {
      return (await table.query(wholeOf(logs), all)).map((item) => readRecord(Cursor, item));
    },
    async keepCursors(cursors) {
      await overAll(atOnce, cursors, (cursor) => table.update({ pk: logs, sk: cursor.log }, keptCursor(cursor)));
    },
    keepReadings: (run, readings) => keepPart(run, 'readings', 'all', readings),
    readings: (run) => partsOf(run, 'readings', v.array(SourceReading)),
    keepFindings: (run, part, findings) => keepPart(run, 'findings', part, findings),
    findings: (run) => partsOf(run, 'findings', v.array(Finding)),
  };
};

const isKept = ({ state }: Item): boolean => state !== undefined;

const kept = (state: CertificateState) => ({
  set: 'SET #state = :state REMOVE #end',
  names: { '#state': 'state', '#end': 'expiresAt' },
  values: { ':state': state },
});

/** Nothing here may delete: what is forgotten is empty at once, and DynamoDB drops it later. */
const forgotten = (nowMs: number) => ({
  set: 'SET #end = :end REMOVE #state',
  names: { '#state': 'state', '#end': 'expiresAt' },
  values: { ':end': Math.floor(nowMs / 1000) },
});

const keptCursor = ({ log, size, root }: LogCursor) => ({
  set: 'SET #log = :log, #size = :size, #root = :root',
  names: { '#log': 'log', '#size': 'size', '#root': 'root' },
  values: { ':log': log, ':size': size, ':root': root },
});

export const dynamoCertificates = adapter(tableSetting, ({ CONTROL_TABLE }) =>
  recordsIn(tableNamed(CONTROL_TABLE), Date.now),
);
