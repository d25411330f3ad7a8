import type { InstanceId } from '../../../lib/contracts/database.ts';
import { DependencyUnavailable, InstanceNotFound, NotOurs } from '../../../lib/contracts/failures.ts';
import type { Contents } from '../../../lib/ports/contents.ts';
import type { Changes } from '../changes.ts';
import {
  type Content,
  manifestOf,
  outlineOf,
  readInvariant,
  readSentinels,
  readTable,
  tablesOf,
} from '../world/content.ts';
import { damaged } from '../world/damage.ts';
import type { Instances } from '../world/instances.ts';

export const modelContents = (instances: Instances, changes: Changes, nowMs: () => number): Contents => {
  const contentOf = (id: InstanceId): Content => {
    const content = instances.contentOf(id);
    if (!content) throw new DependencyUnavailable(`instance: "${id}" does not answer`, { instance: id });
    return content;
  };
  return {
    async writeSentinel(id, now) {
      const production = instances.production.get(id);
      if (!production) throw new InstanceNotFound(`instance: "${id}" is no production's`, { instance: id });
      return production.writeSentinel(now, nowMs());
    },
    outline: async (id) => outlineOf(contentOf(id)),
    tables: async (id) => tablesOf(contentOf(id)),
    table: async (id, table) => readTable(contentOf(id), table),
    sentinels: async (id) => readSentinels(contentOf(id)),
    invariants: async (id, invariants) => invariants.map((one) => readInvariant(contentOf(id), one)),
    manifest: async (id, now) => manifestOf(id, contentOf(id), now),
    async damage(id, damage) {
      contentOf(id);
      if (!instances.find(id)?.mark) throw new NotOurs(`instance: "${id}" bears no drill's mark`, { instance: id });
      instances.change(id, (content) => damaged(content, damage));
      changes.add({ resource: `content/${id}`, token: 0, value: { damage } });
    },
  };
};
