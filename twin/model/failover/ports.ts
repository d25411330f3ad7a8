import type { Catalog } from '../../../lib/contracts/catalog.ts';
import type { InstanceId } from '../../../lib/contracts/database.ts';
import type { Side, SideAnswer, Witness } from '../../../lib/contracts/failover.ts';
import type { RecordName } from '../../../lib/contracts/failover-policy.ts';
import { DatabaseUnknown, DnsRecordInvalid, InstanceNotFound } from '../../../lib/contracts/failures.ts';
import { fromMs } from '../../../lib/contracts/instant.ts';
import { assertSideWeights } from '../../../lib/domain/failover/weights.ts';
import type { Databases } from '../../../lib/ports/databases.ts';
import type { Dns, Heartbeats, Witnesses, Writers } from '../../../lib/ports/failover.ts';
import type { Changes } from '../changes.ts';
import { Fence } from '../ports/fence.ts';
import type { Random } from '../random.ts';
import type { Names } from './names.ts';
import { type Region, witnessNames } from './region.ts';

/** By the name of the database. */
export type Regions = ReadonlyMap<string, Region>;

export const modelWitnesses = (regions: Regions): Witnesses => ({
  async ask(database) {
    const region = regions.get(database);
    if (!region) throw new DatabaseUnknown(database, [...regions.keys()]);
    return witnessNames.map((name) => witness(name, region));
  },
});

/** One healthy target for each service, as long as the front of its region is up. A region that is gone tells nothing. */
export const modelHeartbeats = (regions: Regions, catalog: Catalog): Heartbeats => ({
  async healthyTargets(services) {
    const down = catalog.databases.filter(({ name }) => regions.get(name)?.front === 'down');
    return services.filter((service) => !down.some((database) => database.services.includes(service))).length;
  },
  async send(database, healthyTargets) {
    const region = regions.get(database);
    if (region) region.heard = healthyTargets;
  },
});

const witness = (name: (typeof witnessNames)[number], region: Region): Witness => {
  const answers = region.front === 'up' || (name === 'addresses' && region.database === 'up');
  const saw = region.lies.get(name) ?? (answers ? 'answers' : 'lost');
  const lastSignAt = region.lostAtMs === undefined ? {} : { lastSignAt: fromMs(region.lostAtMs) };
  return {
    name,
    saw,
    reason: saw === 'lost' ? 'no answer' : saw === 'answers' ? 'it answers' : 'no word',
    ...lastSignAt,
  };
};

export const modelDns = (names: Names, changes: Changes, random: Random): Dns => {
  const fence = new Fence();
  const known = (record: RecordName): void => {
    if (!names.has(record)) throw new DnsRecordInvalid(`${record}: not one weighted record for each side`, { record });
  };
  return {
    async weights(record) {
      known(record);
      return names.written(record);
    },
    async shift(record, weights, token) {
      assertSideWeights(weights);
      known(record);
      fence.admit(record, `name/${record}`, token);
      names.shift(record, weights);
      changes.add({ resource: `name/${record}`, token, value: weights });
    },
    async request(record, requests) {
      known(record);
      return Array.from({ length: requests }, () => oneRequest(names, record, random));
    },
  };
};

const oneRequest = (names: Names, record: RecordName, random: Random): SideAnswer => {
  const side: Side = random() * 100 < names.effective(record).second ? 'second' : 'primary';
  return names.answers(record, side) ? { ok: true, latencyMs: 20, side } : { ok: false, latencyMs: 0 };
};

/** `databases`: knows the copies of drills, which take writes as soon as they are there. */
export const modelWriters = (regions: Regions, databases: Databases, changes: Changes): Writers => {
  const fence = new Fence();
  const write = (id: InstanceId, token: number, value: string): void => {
    fence.admit(id, `server/${id}`, token);
    changes.add({ resource: `server/${id}`, token, value });
  };
  const regionOf = (id: InstanceId): Region => {
    const found = [...regions.values()].find(({ old, replica }) => id === old || id === replica);
    if (!found) throw new InstanceNotFound(`${id}: no server of that name`, { id });
    return found;
  };
  return {
    async state(id) {
      const region = [...regions.values()].find(({ old, replica }) => id === old || id === replica);
      if (region?.old === id) return region.database === 'down' ? 'silent' : region.fenced ? 'refuses' : 'writes';
      if (region) return region.replicaWrites() ? 'writes' : 'refuses';
      const copy = await databases.find(id);
      if (!copy) throw new InstanceNotFound(`${id}: no server of that name`, { id });
      return copy.status === 'available' ? 'writes' : 'silent';
    },
    async fence(id, token) {
      const region = regionOf(id);
      write(id, token, 'fenced');
      return region.fence();
    },
    async promote(id, token) {
      const region = regionOf(id);
      if (region.replica !== id) throw new InstanceNotFound(`${id}: no copy in the second region`, { id });
      write(id, token, 'promoted');
      region.promote();
    },
  };
};
