import type { Backup } from '../../contracts/backup.ts';
import type { Manifest } from '../../contracts/content.ts';
import type { DrillPlan } from '../../contracts/drill.ts';

/** What the database held before the moment of a copy, and after it. */
export type Manifests = { before?: Manifest; after?: Manifest };

/** `production`: what the database itself held when the drill looked. */
type Known = { proves?: Backup; before?: Backup; after?: Backup; production?: Manifest };

/**
 * A copy of one backup lies between the two manifests of that backup; a copy of another moment between the last manifest of the
 * backup before it and the first of the one after it, or what production held during the drill.
 */
export const manifestsOf = ({ proves, before, after, production }: Known): Manifests => {
  const earlier = proves ? proves.before : before?.after;
  const later = proves ? proves.after : (after?.before ?? production);
  return { ...(earlier && { before: earlier }), ...(later && { after: later }) };
};

/** A moment after which no backup was taken, as the end of the log is: only production itself tells what came later. */
export const needsProduction = ({ proves, after }: Pick<DrillPlan, 'proves' | 'after'>): boolean =>
  proves === undefined && after === undefined;
