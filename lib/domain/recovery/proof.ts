import type { Backup } from '../../contracts/backup.ts';
import type { DrillOutcome, DrillPlan } from '../../contracts/drill.ts';

/** About the drill, not about what was restored. */
const notOfContent: readonly string[] = ['rpo', 'rto', 'absence'];

/**
 * What a drill showed of the backup it restored; undefined when it showed nothing. Rule: a copy that was damaged on purpose says
 * nothing of its backup, and neither does one that could not be looked at.
 */
export const proofOf = ({ damage, proves }: DrillPlan, { checks }: DrillOutcome): Backup['proof'] | undefined => {
  const content = checks.filter(({ name }) => !notOfContent.includes(name));
  if (damage !== undefined || proves === undefined || content.length === 0) return undefined;
  if (content.some(({ verdict }) => verdict === 'unhealthy')) return 'disproven';
  return content.every(({ verdict }) => verdict === 'healthy') ? 'proven' : undefined;
};
