import type { DatabaseSync } from 'node:sqlite';
import { LeaseLost, RecordCorrupt } from '../../../lib/contracts/failures.ts';
import { leaseOf } from '../../../lib/contracts/lease.ts';
import type { ReleaseId, ServiceName } from '../../../lib/contracts/names.ts';
import { endedStatuses, LiveRelease, Release } from '../../../lib/contracts/release.ts';
import type { Releases } from '../../../lib/ports/releases.ts';
import { bodyOf } from './body.ts';
import type { Store } from './database.ts';

export const storedReleases = (store: Store): Releases => ({
  live: async (service) =>
    store.read((database) => {
      const row = database.prepare('SELECT body FROM live WHERE service = ?').get(service);
      return row && bodyOf('live', row, LiveRelease);
    }),
  find: async (releaseId) => store.read((database) => releaseIn(database, releaseId)),
  recent: async (service, limit) =>
    store.read((database) =>
      database
        .prepare('SELECT body FROM releases WHERE service = ? ORDER BY planned_at DESC, release_id DESC LIMIT ?')
        .all(service, limit)
        .map((row) => bodyOf('releases', row, Release)),
    ),
  plan: async (release) =>
    store.write((database) => {
      const { releaseId, service, plannedAt } = release;
      database
        .prepare('INSERT OR IGNORE INTO releases VALUES (?, ?, ?, ?)')
        .run(releaseId, service, plannedAt, JSON.stringify(release));
    }),
  advance: async (releaseId, change) => store.write((database) => advanceIn(database, releaseId, change)),
  setLive: async (service, live, token) => store.write((database) => setLiveIn(database, service, live, token)),
  markBad: async (service, digest, reason) =>
    store.write((database) => {
      database.prepare('INSERT OR IGNORE INTO bad VALUES (?, ?, ?)').run(service, digest, reason);
    }),
  badReason: async (service, digest) =>
    store.read((database) => {
      const row = database.prepare('SELECT reason FROM bad WHERE service = ? AND digest = ?').get(service, digest);
      return row && String(row.reason);
    }),
});

/** The first end stays: a late undo cannot rewrite what was promoted, nor the other way round. */
const advanceIn = (database: DatabaseSync, releaseId: ReleaseId, change: Partial<Release>): void => {
  const known = releaseIn(database, releaseId);
  if (!known) throw new RecordCorrupt(`releaseId: "${releaseId}" was never planned`, { releaseId });
  if (endedStatuses.includes(known.status)) return;
  const body = JSON.stringify({ ...known, ...change });
  database.prepare('UPDATE releases SET body = ? WHERE release_id = ?').run(body, releaseId);
};

const setLiveIn = (database: DatabaseSync, service: ServiceName, live: LiveRelease, token: number): void => {
  const newest = Number(database.prepare('SELECT token FROM live WHERE service = ?').get(service)?.token ?? 0);
  if (token < newest) throw new LeaseLost(leaseOf(service), token, newest);
  database.prepare('INSERT OR REPLACE INTO live VALUES (?, ?, ?)').run(service, token, JSON.stringify(live));
};

const releaseIn = (database: DatabaseSync, releaseId: ReleaseId): Release | undefined => {
  const row = database.prepare('SELECT body FROM releases WHERE release_id = ?').get(releaseId);
  return row && bodyOf('releases', row, Release);
};
