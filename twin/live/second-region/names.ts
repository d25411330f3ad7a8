import * as v from 'valibot';
import type { RecordName } from '../../../lib/contracts/failover-policy.ts';
import { DnsRecordInvalid, LeaseLost } from '../../../lib/contracts/failures.ts';
import { Instant } from '../../../lib/contracts/instant.ts';
import type { Database } from '../../../lib/contracts/recovery-policy.ts';
import { allTo } from '../../../lib/domain/failover/weights.ts';
import { readRecord, writeDurably } from '../process/durable-file.ts';
import { tryLock } from '../process/lock.ts';
import { paths } from '../process/paths.ts';
import { until } from '../process/until.ts';

const lockedMs = 10_000;

const Weights = v.object({ primary: v.number(), second: v.number() });
/** `service`: whose door in the router is the primary side. `token`: the newest that wrote. */
const Name = v.object({ service: v.string(), weights: Weights, token: v.number() });
export type Name = v.InferOutput<typeof Name>;
const Subject = v.object({ instance: v.string(), service: v.string() });

const Heartbeat = v.object({ at: Instant, healthyTargets: v.number() });
export type Heartbeat = v.InferOutput<typeof Heartbeat>;

/** The public names of a world, what they lead to, and by database what a witness looks at. */
const Zone = v.object({
  names: v.record(v.string(), Name),
  databases: v.record(v.string(), Subject),
  /** By database: what the second region was told last by the first one. */
  heartbeats: v.optional(v.record(v.string(), Heartbeat), {}),
  /** By server: the newest token that fenced or promoted it. */
  servers: v.record(v.string(), v.number()),
});
type Zone = v.InferOutput<typeof Zone>;

const nothing: Zone = { names: {}, databases: {}, heartbeats: {}, servers: {} };

export const readZone = async (stateDir: string): Promise<Zone> =>
  (await readRecord(paths.names(stateDir), Zone)) ?? nothing;

/** One at a time over all processes; one that throws changes nothing. */
const changeZone = async (stateDir: string, change: (zone: Zone) => Zone): Promise<void> => {
  using _lock = await until('the right to change names', lockedMs, () => tryLock(paths.lock(stateDir, 'names')));
  await writeDurably(paths.names(stateDir), change(await readZone(stateDir)));
};

type Named = Pick<Database, 'name' | 'instance' | 'services' | 'failover'>;

/** The names of databases that have a second region; what is there already stays as it is. */
export const registerNames = async (stateDir: string, databases: readonly Named[]): Promise<void> => {
  const fresh: Zone = structuredClone(nothing);
  for (const { name, instance, services, failover } of databases) {
    const [service] = services;
    if (!failover || service === undefined) continue;
    fresh.databases[name] = { instance, service };
    for (const record of [...failover.records, failover.drillRecord])
      fresh.names[record] = { service, weights: allTo('primary'), token: 0 };
  }
  if (Object.keys(fresh.names).length === 0) return;
  await changeZone(stateDir, (zone) => ({
    ...zone,
    names: { ...fresh.names, ...zone.names },
    databases: fresh.databases,
  }));
};

/** Errors: `DnsRecordInvalid`. */
export const nameOf = ({ names }: Zone, record: RecordName): Name => {
  const name = names[record];
  if (name) return name;
  const known = Object.keys(names).join(', ') || 'none';
  throw new DnsRecordInvalid(`${record}: not a name of this world; known names: ${known}`, { record });
};

/** Errors: `DnsRecordInvalid`, `LeaseLost`. */
export const writeName = (
  stateDir: string,
  record: RecordName,
  weights: Name['weights'],
  token: number,
): Promise<void> =>
  changeZone(stateDir, (zone) => {
    const name = nameOf(zone, record);
    if (token < name.token) throw new LeaseLost(`name/${record}`, token, name.token);
    return { ...zone, names: { ...zone.names, [record]: { ...name, weights, token } } };
  });

/** Errors: `LeaseLost`. */
export const admitServer = (stateDir: string, id: string, token: number): Promise<void> =>
  changeZone(stateDir, (zone) => {
    const newest = zone.servers[id] ?? 0;
    if (token < newest) throw new LeaseLost(`server/${id}`, token, newest);
    return { ...zone, servers: { ...zone.servers, [id]: token } };
  });

export const writeHeartbeat = (
  stateDir: string,
  database: string,
  healthyTargets: number,
  at: Instant,
): Promise<void> =>
  changeZone(stateDir, (zone) => ({
    ...zone,
    heartbeats: { ...zone.heartbeats, [database]: { at, healthyTargets } },
  }));
