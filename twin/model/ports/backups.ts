import type { Backup, BackupId } from '../../../lib/contracts/backup.ts';
import { RecordCorrupt } from '../../../lib/contracts/failures.ts';
import type { Backups } from '../../../lib/ports/backups.ts';

export const modelBackups = (byId: Map<BackupId, Backup>): Backups => ({
  async begin(backup) {
    if (!byId.has(backup.id)) byId.set(backup.id, backup);
  },
  async change(id, change) {
    const backup = byId.get(id);
    if (!backup) throw new RecordCorrupt(`backup: "${id}" was never begun`, { id });
    byId.set(id, { ...backup, ...change });
  },
  find: async (id) => byId.get(id),
  recent: async (database, limit) =>
    [...byId.values()]
      .filter((backup) => backup.database === database)
      .sort(newestStartFirst)
      .slice(0, limit)
      .map(withoutManifests),
});

const newestStartFirst = (a: Backup, b: Backup): number => (a.startedAt < b.startedAt ? 1 : -1);
const withoutManifests = ({ before: _, after: __, ...backup }: Backup): Backup => backup;
