import type { DrillId } from '../../../lib/contracts/drill.ts';
import type { Instant } from '../../../lib/contracts/instant.ts';
import type { Removals } from '../../../lib/ports/backups.ts';
import type { Store } from './database.ts';

/** What is armed; whoever plays the scheduler asks what is due, and forgets what it has told. */
export interface Schedule extends Removals {
  due(now: Instant): DrillId[];
}

export const storedRemovals = (store: Store): Schedule => ({
  arm: async (drill, at) =>
    store.write((database) => {
      database.prepare('INSERT OR IGNORE INTO removals VALUES (?, ?)').run(drill, at);
    }),
  disarm: async (drill) =>
    store.write((database) => {
      database.prepare('DELETE FROM removals WHERE drill = ?').run(drill);
    }),
  armed: async (drill) =>
    store.read((database) => {
      const row = database.prepare('SELECT at FROM removals WHERE drill = ?').get(drill);
      return row && String(row.at);
    }),
  due: (now) =>
    store.read((database) => {
      const rows = database.prepare('SELECT drill FROM removals WHERE at <= ? ORDER BY at').all(now);
      return rows.map(({ drill }) => String(drill));
    }),
});
