import type { DatabaseSync } from 'node:sqlite';
import { Manifest } from '../../../lib/contracts/content.ts';
import { Drill, type DrillId } from '../../../lib/contracts/drill.ts';
import { RecordCorrupt } from '../../../lib/contracts/failures.ts';
import type { Drills } from '../../../lib/ports/backups.ts';
import { bodyOf } from './body.ts';
import type { Store } from './database.ts';

export const storedDrills = (store: Store): Drills => ({
  open: async (drill) =>
    store.write((database) => {
      const { drill: id, database: name, startedAt } = drill.plan;
      database
        .prepare('INSERT OR IGNORE INTO drills VALUES (?, ?, ?, ?)')
        .run(id, name, startedAt, JSON.stringify(drill));
    }),
  end: async (id, outcome) =>
    store.write((database) => {
      const drill = drillIn(database, id);
      if (!drill) throw new RecordCorrupt(`drill: "${id}" was never opened`, { id });
      if (drill.status === 'ended') return;
      const body = JSON.stringify({ ...drill, status: 'ended', outcome } satisfies Drill);
      database.prepare('UPDATE drills SET body = ? WHERE id = ?').run(body, id);
    }),
  find: async (id) => store.read((database) => drillIn(database, id)),
  recent: async (name, limit) =>
    store.read((database) =>
      database
        .prepare('SELECT body FROM drills WHERE name = ? ORDER BY started_at DESC, id DESC LIMIT ?')
        .all(name, limit)
        .map((row) => bodyOf('drills', row, Drill)),
    ),
  keepProduction: async (id, manifest) =>
    store.write((database) => {
      database.prepare('INSERT OR IGNORE INTO productions VALUES (?, ?)').run(id, JSON.stringify(manifest));
    }),
  production: async (id) =>
    store.read((database) => {
      const row = database.prepare('SELECT body FROM productions WHERE drill = ?').get(id);
      return row && bodyOf('productions', row, Manifest);
    }),
});

const drillIn = (database: DatabaseSync, id: DrillId): Drill | undefined => {
  const row = database.prepare('SELECT body FROM drills WHERE id = ?').get(id);
  return row && bodyOf('drills', row, Drill);
};
