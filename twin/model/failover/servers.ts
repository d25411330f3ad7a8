import type { Sentinel } from '../../../lib/contracts/content.ts';
import type { Instance } from '../../../lib/contracts/database.ts';
import { DependencyUnavailable } from '../../../lib/contracts/failures.ts';
import { fromMs } from '../../../lib/contracts/instant.ts';
import { nextSentinel } from '../../../lib/domain/recovery/sentinel.ts';
import type { Contents } from '../../../lib/ports/contents.ts';
import type { Databases } from '../../../lib/ports/databases.ts';
import type { Region } from './region.ts';

/** The replica as an instance: a copy of the old one that follows it until it is promoted. */
const replicaOf = (region: Region, old: Instance, nowMs: number): Instance => {
  const { follows, mark, ...same } = old;
  return {
    ...same,
    id: region.replica,
    status: 'available',
    restorable: { from: fromMs(nowMs - 86_400_000), to: fromMs(nowMs) },
    ...(!region.promoted() && { follows: { id: region.old, lagSeconds: 1 } }),
  };
};

/** Adds the replicas to the servers that there are. What is restored from a replica's log is what its source has. */
export const withReplicas = (databases: Databases, regions: readonly Region[], now: () => number): Databases => ({
  ...databases,
  async find(id) {
    const region = regions.find(({ replica }) => replica === id);
    const found = await databases.find(region ? region.old : id);
    return region && found ? replicaOf(region, found, now()) : found;
  },
  async restore(restore) {
    const { source } = restore;
    const region = regions.find(({ replica }) => replica === source.of);
    await databases.restore(region ? { ...restore, source: { ...source, of: region.old } } : restore);
  },
});

/**
 * Adds what is in the replicas: what their sources had, and after a promotion what was written there. A database whose region is gone
 * cannot be asked.
 */
export const withReplicaContents = (contents: Contents, regions: readonly Region[]): Contents => {
  const ownSentinels = new Map<string, Sentinel[]>();
  const sourceOf = (id: string): string => regions.find(({ replica }) => replica === id)?.old ?? id;
  const assertReachable = (id: string): void => {
    const gone = regions.find(({ old, database }) => old === id && database === 'down');
    if (gone) throw new DependencyUnavailable(`${id}: no answer`, { id });
  };
  const sentinels: Contents['sentinels'] = async (id) => {
    const came = await contents.sentinels(sourceOf(id));
    const own = ownSentinels.get(id) ?? [];
    return { ...came, ...(own.length > 0 && { newest: own.at(-1) as Sentinel }), count: came.count + own.length };
  };
  return {
    ...contents,
    outline: async (id) => contents.outline(sourceOf(id)),
    async sentinels(id) {
      assertReachable(id);
      return sentinels(id);
    },
    async writeSentinel(id, now) {
      assertReachable(id);
      const region = regions.find(({ replica, old }) => replica === id || old === id);
      if (!region) return contents.writeSentinel(id, now);
      const writes = region.old === id ? region.oldWrites() : region.replicaWrites();
      if (!writes) throw new DependencyUnavailable(`${id}: refuses writes`, { id });
      if (region.old === id) return contents.writeSentinel(id, now);
      const { newest } = await sentinels(id);
      if (newest && newest.at.slice(0, 16) >= now.slice(0, 16)) return newest;
      const next = nextSentinel(newest, now);
      ownSentinels.set(id, [...(ownSentinels.get(id) ?? []), next]);
      return next;
    },
  };
};
