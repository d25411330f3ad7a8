import type { BackupPlan } from '../contracts/backup.ts';
import type { Needs } from '../ports/index.ts';

type ReadNeeds = Needs<'backups' | 'contents' | 'clock'>;

/** Reads the whole database into the record of its backup, once: what was read before the snapshot cannot be read again after it. */
export const readContent = async (
  { backups, contents, clock }: ReadNeeds,
  { id, instance }: BackupPlan,
  when: 'before' | 'after',
): Promise<{ tables: number }> => {
  const known = (await backups.find(id))?.[when];
  if (known) return { tables: known.tables.length };
  const manifest = await contents.manifest(instance, clock.now());
  await backups.change(id, { [when]: manifest });
  return { tables: manifest.tables.length };
};
