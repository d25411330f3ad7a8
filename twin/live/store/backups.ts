import type { DatabaseSync } from 'node:sqlite';
import { Backup, type BackupId } from '../../../lib/contracts/backup.ts';
import { Manifest } from '../../../lib/contracts/content.ts';
import { RecordCorrupt } from '../../../lib/contracts/failures.ts';
import type { Backups } from '../../../lib/ports/backups.ts';
import { parseRecord } from '../process/durable-file.ts';
import { bodyOf, type Row } from './body.ts';
import type { Store } from './database.ts';

/** Manifests are large and seldom read, so each has a column of its own. */
export const storedBackups = (store: Store): Backups => ({
  begin: async (backup) =>
    store.write((database) => {
      const { before, after, ...body } = backup;
      database
        .prepare('INSERT OR IGNORE INTO backups VALUES (?, ?, ?, ?, ?, ?)')
        .run(backup.id, backup.database, backup.startedAt, JSON.stringify(body), textOf(before), textOf(after));
    }),
  change: async (id, { before, after, ...change }) =>
    store.write((database) => {
      const body = JSON.stringify({ ...known(database, id), ...change });
      database
        .prepare('UPDATE backups SET body = ?, before = coalesce(?, before), after = coalesce(?, after) WHERE id = ?')
        .run(body, textOf(before), textOf(after), id);
    }),
  find: async (id) =>
    store.read((database) => {
      const row = database.prepare('SELECT * FROM backups WHERE id = ?').get(id);
      return row && wholeOf(row);
    }),
  recent: async (name, limit) =>
    store.read((database) =>
      database
        .prepare('SELECT body FROM backups WHERE name = ? ORDER BY started_at DESC, id DESC LIMIT ?')
        .all(name, limit)
        .map((row) => bodyOf('backups', row, Backup)),
    ),
});

const textOf = (manifest: Manifest | undefined): string | null => (manifest ? JSON.stringify(manifest) : null);

const known = (database: DatabaseSync, id: BackupId): Backup => {
  const row = database.prepare('SELECT body FROM backups WHERE id = ?').get(id);
  if (!row) throw new RecordCorrupt(`backup: "${id}" was never begun`, { id });
  return bodyOf('backups', row, Backup);
};

const wholeOf = (row: Row): Backup => {
  const [before, after] = [manifestIn(row.before), manifestIn(row.after)];
  return { ...bodyOf('backups', row, Backup), ...(before && { before }), ...(after && { after }) };
};

const manifestIn = (text: Row[string] | undefined): Manifest | undefined =>
  typeof text === 'string' ? parseRecord('control-plane store, manifest', text, Manifest) : undefined;
