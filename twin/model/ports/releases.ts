import { RecordCorrupt } from '../../../lib/contracts/failures.ts';
import { leaseOf } from '../../../lib/contracts/lease.ts';
import type { ReleaseId, ServiceName } from '../../../lib/contracts/names.ts';
import { endedStatuses, type LiveRelease, type Release } from '../../../lib/contracts/release.ts';
import type { Releases } from '../../../lib/ports/releases.ts';
import type { Changes } from '../changes.ts';
import { Fence } from './fence.ts';

/** What the store holds, open to whoever inspects the world. */
export interface ReleaseRecords {
  readonly byId: Map<ReleaseId, Release>;
  readonly live: Map<ServiceName, LiveRelease>;
  /** By service and digest. */
  readonly bad: Map<string, string>;
}

export const emptyRecords = (): ReleaseRecords => ({ byId: new Map(), live: new Map(), bad: new Map() });

const newestPlanFirst = (a: Release, b: Release): number => (a.plannedAt < b.plannedAt ? 1 : -1);

export const modelReleases = ({ byId, live, bad }: ReleaseRecords, changes: Changes): Releases => {
  const fence = new Fence();
  return {
    live: async (service) => live.get(service),
    find: async (releaseId) => byId.get(releaseId),
    recent: async (service, limit) =>
      [...byId.values()]
        .filter((release) => release.service === service)
        .sort(newestPlanFirst)
        .slice(0, limit),
    async plan(release) {
      if (!byId.has(release.releaseId)) byId.set(release.releaseId, release);
    },
    async advance(releaseId, change) {
      const release = byId.get(releaseId);
      if (!release) throw new RecordCorrupt(`releaseId: "${releaseId}" was never planned`, { releaseId });
      if (!endedStatuses.includes(release.status)) byId.set(releaseId, { ...release, ...change });
    },
    async setLive(service, release, token) {
      fence.admit(service, leaseOf(service), token);
      live.set(service, release);
      changes.add({ resource: `live/${service}`, token, value: release });
    },
    async markBad(service, digest, reason) {
      const key = `${service}@${digest}`;
      if (!bad.has(key)) bad.set(key, reason);
    },
    badReason: async (service, digest) => bad.get(`${service}@${digest}`),
  };
};
