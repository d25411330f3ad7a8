import * as v from 'valibot';
import type { DatabaseName } from '../../contracts/database.ts';
import { Drill, type DrillId, type DrillPlan } from '../../contracts/drill.ts';
import { RecordCorrupt } from '../../contracts/failures.ts';
import type { Drills } from '../../ports/backups.ts';
import { adapter } from '../../runtime/adapter.ts';
import { keepManifest, ManifestPlace, readManifest } from './manifests.ts';
import { readRecord } from './read-record.ts';
import { type Key, type Table, tableNamed, tableSetting } from './table.ts';

/** All drills of a database are one partition; a pointer per id leads there. No id has a slash, so the two never meet. */
const partition = (database: DatabaseName) => `drill#of/${database}`;
const pointerKey = (id: DrillId): Key => ({ pk: `drill#${id}`, sk: 'pointer' });
const productionKey = (id: DrillId): Key => ({ pk: pointerKey(id).pk, sk: 'production' });
const drillKey = ({ database, startedAt, drill }: DrillPlan): Key => ({
  pk: partition(database),
  sk: `${startedAt}#${drill}`,
});

const Pointer = v.object({ at: v.object({ pk: v.string(), sk: v.string() }) });
const Production = v.object({ manifest: ManifestPlace });

const drillsIn = (table: Table): Drills => {
  const keyOf = async (id: DrillId): Promise<Key | undefined> => {
    const pointer = await table.get(pointerKey(id));
    return pointer && readRecord(Pointer, pointer).at;
  };

  return {
    async open(drill) {
      const at = drillKey(drill.plan);
      await table.putNew([
        { ...pointerKey(drill.plan.drill), at },
        { ...drill, ...at },
      ]);
    },
    async end(id, outcome) {
      const key = await keyOf(id);
      if (!key) throw new RecordCorrupt(`drill: "${id}" was never opened`, { id });
      await table.update(key, {
        set: 'SET #status = :ended, #outcome = :outcome',
        when: '#status = :open',
        names: { '#status': 'status', '#outcome': 'outcome' },
        values: { ':open': 'open', ':ended': 'ended', ':outcome': outcome },
      });
    },
    async find(id) {
      const key = await keyOf(id);
      const item = key && (await table.get(key));
      return item && readRecord(Drill, item);
    },
    async recent(database, limit) {
      const items = await table.query(newestDrills(database), limit);
      return items.map((item) => readRecord(Drill, item));
    },
    async keepProduction(id, production) {
      const key = productionKey(id);
      await table.putNew([{ ...key, manifest: await keepManifest(table, key.pk, production) }]);
    },
    async production(id) {
      const key = productionKey(id);
      const item = await table.get(key);
      return item && readManifest(table, key.pk, readRecord(Production, item).manifest);
    },
  };
};

const newestDrills = (database: DatabaseName) => ({
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': partition(database) },
  ScanIndexForward: false,
});

export const dynamoDrills = adapter(tableSetting, ({ CONTROL_TABLE }) => drillsIn(tableNamed(CONTROL_TABLE)));
