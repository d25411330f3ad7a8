import type { Manifest } from '../../../lib/contracts/content.ts';
import type { Drill, DrillId } from '../../../lib/contracts/drill.ts';
import { RecordCorrupt } from '../../../lib/contracts/failures.ts';
import type { Drills } from '../../../lib/ports/backups.ts';

export const modelDrills = (byId: Map<DrillId, Drill>, production = new Map<DrillId, Manifest>()): Drills => ({
  async open(drill) {
    if (!byId.has(drill.plan.drill)) byId.set(drill.plan.drill, drill);
  },
  async end(id, outcome) {
    const drill = byId.get(id);
    if (!drill) throw new RecordCorrupt(`drill: "${id}" was never opened`, { id });
    if (drill.status === 'open') byId.set(id, { ...drill, status: 'ended', outcome });
  },
  find: async (id) => byId.get(id),
  recent: async (database, limit) =>
    [...byId.values()]
      .filter(({ plan }) => plan.database === database)
      .sort(newestStartFirst)
      .slice(0, limit),
  async keepProduction(id, manifest) {
    if (!production.has(id)) production.set(id, manifest);
  },
  production: async (id) => production.get(id),
});

const newestStartFirst = (a: Drill, b: Drill): number => (a.plan.startedAt < b.plan.startedAt ? 1 : -1);
