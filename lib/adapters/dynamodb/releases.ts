import * as v from 'valibot';
import { RecordCorrupt } from '../../contracts/failures.ts';
import { leaseOf } from '../../contracts/lease.ts';
import type { Digest, ReleaseId, ServiceName } from '../../contracts/names.ts';
import { endedStatuses, LiveRelease, Release } from '../../contracts/release.ts';
import type { Releases } from '../../ports/releases.ts';
import { adapter } from '../../runtime/adapter.ts';
import { writeFenced } from './fenced.ts';
import { readRecord } from './read-record.ts';
import { type Key, type Table, tableNamed, tableSetting } from './table.ts';

/*
 * Everything of a service is one partition, so `recent` is one consistent query. An id does not say which service and
 * moment it belongs to, so a pointer item per id leads there.
 */
const partition = (service: ServiceName) => `service#${service}`;
const liveKey = (service: ServiceName): Key => ({ pk: partition(service), sk: 'live' });
const badKey = (service: ServiceName, digest: Digest): Key => ({ pk: partition(service), sk: `bad#${digest}` });
const pointerKey = (releaseId: ReleaseId): Key => ({ pk: `release#${releaseId}`, sk: 'pointer' });
const releaseKey = ({ service, plannedAt, releaseId }: Release): Key => ({
  pk: partition(service),
  sk: `release#${plannedAt}#${releaseId}`,
});

const Pointer = v.object({ at: v.object({ pk: v.string(), sk: v.string() }) });
const Bad = v.object({ reason: v.string() });

const releasesIn = (table: Table): Releases => {
  const keyOf = async (releaseId: ReleaseId): Promise<Key | undefined> => {
    const pointer = await table.get(pointerKey(releaseId));
    return pointer && readRecord(Pointer, pointer).at;
  };

  return {
    async live(service) {
      const item = await table.get(liveKey(service));
      return item && readRecord(LiveRelease, item);
    },
    async find(releaseId) {
      const key = await keyOf(releaseId);
      const item = key && (await table.get(key));
      return item && readRecord(Release, item);
    },
    async recent(service, limit) {
      const items = await table.query(newestReleases(service), limit);
      return items.map((item) => readRecord(Release, item));
    },
    async plan(release) {
      const at = releaseKey(release);
      await table.putNew([
        { ...pointerKey(release.releaseId), at },
        { ...release, ...at },
      ]);
    },
    async advance(releaseId, change) {
      const key = await keyOf(releaseId);
      if (!key) throw new RecordCorrupt(`releaseId: "${releaseId}" was never planned`, { releaseId });
      await table.update(key, advanceUnlessEnded(change));
    },
    async setLive(service, live, token) {
      await writeFenced(table, liveKey(service), leaseOf(service), live, token);
    },
    async markBad(service, digest, reason) {
      await table.putNew([{ ...badKey(service, digest), reason }]);
    },
    async badReason(service, digest) {
      const item = await table.get(badKey(service, digest));
      return item && readRecord(Bad, item).reason;
    },
  };
};

const newestReleases = (service: ServiceName) => ({
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :release)',
  ExpressionAttributeValues: { ':pk': partition(service), ':release': 'release#' },
  ScanIndexForward: false,
});

/** The condition keeps the first end: a late undo cannot rewrite what was promoted, nor the other way round. */
const advanceUnlessEnded = (change: Partial<Release>) => {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  const ended = endedStatuses.map((status, index) => [`:ended${index}`, status]);
  return {
    set: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    when: `attribute_exists(pk) AND NOT #status IN (${ended.map(([name]) => name).join(', ')})`,
    names: { '#status': 'status', ...Object.fromEntries(entries.map(([name]) => [`#${name}`, name])) },
    values: Object.fromEntries([...entries.map(([name, value]) => [`:${name}`, value]), ...ended]),
  };
};

export const dynamoReleases = adapter(tableSetting, ({ CONTROL_TABLE }) => releasesIn(tableNamed(CONTROL_TABLE)));
