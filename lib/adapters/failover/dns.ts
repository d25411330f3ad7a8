import * as v from 'valibot';
import type { SideWeights } from '../../contracts/failover.ts';
import type { RecordName } from '../../contracts/failover-policy.ts';
import { DnsRecordInvalid, WriteConflict } from '../../contracts/failures.ts';
import { assertSideWeights } from '../../domain/failover/weights.ts';
import type { Dns } from '../../ports/failover.ts';
import { adapter } from '../../runtime/adapter.ts';
import { writeFenced } from '../dynamodb/fenced.ts';
import { readRecord } from '../dynamodb/read-record.ts';
import { type Table, tableNamed, tableSetting } from '../dynamodb/table.ts';
import { type Pair, readPair, weightsOf, writeWeights } from './records.ts';
import { requestThrough } from './request.ts';
import { failoverSetting, type Name } from './settings.ts';

/** Each round means that another writer came in between; more than this in one call is a fault. */
const maxRounds = 5;

const Register = v.object({ revision: v.number(), weights: v.object({ primary: v.number(), second: v.number() }) });
type Register = v.InferOutput<typeof Register>;

const registerKey = (record: RecordName) => ({ pk: `name#${record}`, sk: 'register' });

/**
 * Route 53 cannot be written conditionally, so the condition is on a register beside it, as for listener rules
 * (docs/adr/0003-traffic-fencing.md): after each write the register is read again, so the newest wish is the last one written.
 */
const dnsOver = (table: Table, names: Record<string, Name>): Dns => ({
  weights: async (record) => weightsOf(await readPair(record, nameOf(names, record))),
  async shift(record, weights, token) {
    assertSideWeights(weights);
    const pair = await readPair(record, nameOf(names, record));
    const written = await writeFenced(table, registerKey(record), `name/${record}`, { weights }, token);
    await converge(table, pair, readRecord(Register, written));
  },
  request: async (record, requests, path) => requestThrough(nameOf(names, record), requests, path),
});

const nameOf = (names: Record<string, Name>, record: RecordName): Name => {
  const name = names[record];
  if (name) return name;
  const known = Object.keys(names).join(', ') || 'none';
  throw new DnsRecordInvalid(`${record}: not a name of the setting FAILOVER; known names: ${known}`, { record });
};

const converge = async (table: Table, pair: Pair, wished: Register): Promise<void> => {
  let applied = wished;
  for (let round = 0; round < maxRounds; round += 1) {
    await writeWeights(pair, applied.weights as SideWeights);
    const item = await table.get(registerKey(pair.record));
    const newest = item ? readRecord(Register, item) : applied;
    if (newest.revision === applied.revision) return;
    applied = newest;
  }
  const { record } = pair;
  throw new WriteConflict(`${record}: other writers came in between ${maxRounds} times`, { record });
};

export const route53Dns = adapter({ ...tableSetting, ...failoverSetting }, ({ CONTROL_TABLE, FAILOVER }) =>
  dnsOver(tableNamed(CONTROL_TABLE), FAILOVER.names),
);
