import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import type { Release } from '../../lib/contracts/release.ts';
import { endedStatuses } from '../../lib/contracts/release.ts';
import { belongsTo } from './belongs.ts';

/** How a run ended, as it is on record. `timeToSafeMs`: from the first bad ten seconds to the verified undo. */
export type Outcome = { name: string; status: string; reason: string; timeToSafeMs?: number };

/** The release's own record says it best; a run without one (refused before its plan, a rollback) has its closing fact. */
export const outcomeOf = (
  name: string,
  release: Release | undefined,
  story: readonly LedgerEntry[],
): Outcome | undefined => {
  if (release && endedStatuses.includes(release.status)) {
    const { status, reason = '', timeToSafeMs } = release;
    return { name, status, reason, ...(timeToSafeMs !== undefined && { timeToSafeMs }) };
  }
  const closing = story.findLast((fact) => fact.kind === 'ended' && belongsTo(name, fact));
  return closing && { name, status: String(closing.data.status ?? closing.data.end), reason: closing.says };
};

/** A rollback is well when traffic was brought back and that was seen; a deployment when it was promoted. */
export const endedWell = ({ name, status }: Outcome): boolean =>
  name.startsWith('rollback-') ? ['undone', 'rejected'].includes(status) : status === 'promoted';
