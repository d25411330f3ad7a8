import type { Backup } from '../../contracts/backup.ts';
import type { Manifest } from '../../contracts/content.ts';

/** What the database held before the moment of a copy, and after it. */
export type Manifests = { before?: Manifest; after?: Manifest };

/**
 * A copy of one backup lies between the two manifests of that backup; a copy of another moment between the last manifest of the
 * backup before it and the first of the one after it.
 */
export const manifestsOf = (backups: { proves?: Backup; before?: Backup; after?: Backup }): Manifests => {
  const { proves, before, after } = backups;
  const earlier = proves ? proves.before : before?.after;
  const later = proves ? proves.after : after?.before;
  return { ...(earlier && { before: earlier }), ...(later && { after: later }) };
};
