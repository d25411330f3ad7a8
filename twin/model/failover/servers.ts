import type { Sentinel } from '../../../lib/contracts/content.ts';
import type { Instance } from '../../../lib/contracts/database.ts';
import { DependencyUnavailable } from '../../../lib/contracts/failures.ts';
import { nextSentinel } from '../../../lib/domain/recovery/sentinel.ts';
import type { Contents } from '../../../lib/ports/contents.ts';
import type { Databases } from '../../../lib/ports/databases.ts';
import type { Region } from './region.ts';

/** The replica as an instance: a copy of the old one that follows it until it is promoted. */
const replicaOf = (region: Region, old: Instance): Instance => {
  const { follows, mark, ...same } = old;
  return {
    ...same,
    id: region.replica,
    status: 'available',
    ...(!region.promoted() && { follows: { id: region.old, lagSeconds: 1 } }),
  };
};

/** Adds the replicas to the servers that there are. What is restored from a replica's log is what its source has. */
export const withReplicas = (databases: Databases, regions: readonly Region[]): Databases => ({
  ...databases,
  async find(id) {
    const region = regions.find(({ replica }) => replica === id);
    const found = await databases.find(region ? region.old : id);
    return region && found ? replicaOf(region, found) : found;
  },
  async restore(restore) {
    const { source } = restore;
    const region = regions.find(({ replica }) => replica === source.of);
    await databases.restore(region ? { ...restore, source: { ...source, of: region.old } } : restore);
  },
});

/**
 * Adds what is in the replicas, and what is written to them and to copies of drills. A database whose region is gone cannot be
 * asked.
 */
export const withReplicaContents = (contents: Contents, regions: readonly Region[]): Contents => {
  const written = new Map<string, Sentinel[]>();
  const isOld = (id: string) => regions.some(({ old }) => old === id);
  const sourceOf = (id: string): string => regions.find(({ replica }) => replica === id)?.old ?? id;
  const sentinels: Contents['sentinels'] = async (id) => {
    const came = await contents.sentinels(sourceOf(id));
    const own = written.get(id) ?? [];
    return { ...came, ...(own.length > 0 && { newest: own.at(-1) as Sentinel }), count: came.count + own.length };
  };
  return {
    ...contents,
    outline: async (id) => contents.outline(sourceOf(id)),
    async sentinels(id) {
      assertReachable(regions, id);
      return sentinels(id);
    },
    async writeSentinel(id, now) {
      assertReachable(regions, id);
      assertWrites(regions, id);
      if (isOld(id)) return contents.writeSentinel(id, now);
      const { newest } = await sentinels(id);
      if (newest && minuteOf(newest.at) >= minuteOf(now)) return newest;
      const next = nextSentinel(newest, now);
      written.set(id, [...(written.get(id) ?? []), next]);
      return next;
    },
  };
};

const minuteOf = (at: string): string => at.slice(0, 'YYYY-MM-DDTHH:MM'.length);

const assertReachable = (regions: readonly Region[], id: string): void => {
  const gone = regions.some(({ old, database }) => old === id && database === 'down');
  if (gone) throw new DependencyUnavailable(`${id}: no answer`, { id });
};

const assertWrites = (regions: readonly Region[], id: string): void => {
  const refuses = regions.some((region) =>
    region.old === id ? !region.oldWrites() : region.replica === id && !region.replicaWrites(),
  );
  if (refuses) throw new DependencyUnavailable(`${id}: refuses writes`, { id });
};
