import type { Backup } from '../../lib/contracts/backup.ts';
import type { Drill, DrillOutcome } from '../../lib/contracts/drill.ts';
import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import type { Release } from '../../lib/contracts/release.ts';
import { endedStatuses } from '../../lib/contracts/release.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { MachineName } from '../../lib/ports/machines.ts';
import type { Subject } from '../input/run-name.ts';
import { belongsTo } from './belongs.ts';

/** What a drill measured and saw. */
export type Measured = Pick<DrillOutcome, 'rpoSeconds' | 'rtoSeconds' | 'absent' | 'costUsd' | 'checks'>;

/**
 * How a run ended, as it is on record. `timeToSafeMs`: from the first bad ten seconds to the verified undo. `measured`: of a
 * drill.
 */
export type Outcome = { name: string; status: string; reason: string; timeToSafeMs?: number; measured?: Measured };

/** What may be on record about a run, beside the ledger. */
export type Records = { release?: Release | undefined; backup?: Backup | undefined; drill?: Drill | undefined };

/** A backup and a drill may have the same name; whoever asked for one of them says which. */
export const recordsOf = async (
  { releases, backups, drills }: Needs<'releases' | 'backups' | 'drills'>,
  { name, of, machine }: Subject,
): Promise<Records> => {
  if (of === 'service') return { release: await releases.find(name) };
  const asked = (one: MachineName) => machine === undefined || machine === one;
  const [backup, drill] = await Promise.all([
    asked('backup') ? backups.find(name) : undefined,
    asked('restore-test') ? drills.find(name) : undefined,
  ]);
  return { backup, drill };
};

/** The run's own record says it best; a run without one (refused before its plan, a rollback) has its closing fact. */
export const outcomeOf = (name: string, records: Records, story: readonly LedgerEntry[]): Outcome | undefined =>
  ofRelease(name, records.release) ??
  ofDrill(name, records.drill) ??
  ofBackup(name, records.backup, closingOf(name, story)) ??
  told(name, story);

const ofRelease = (name: string, release: Release | undefined): Outcome | undefined => {
  if (!release || !endedStatuses.includes(release.status)) return undefined;
  const { status, reason = '', timeToSafeMs } = release;
  return { name, status, reason, ...(timeToSafeMs !== undefined && { timeToSafeMs }) };
};

const ofDrill = (name: string, drill: Drill | undefined): Outcome | undefined => {
  if (!drill?.outcome) return undefined;
  const { verdict, reason, phases: _, ...measured } = drill.outcome;
  return { name, status: verdict, reason, measured };
};

/** One that can be restored, but that somebody must look at, is `flawed`. One that retention removed was complete before. */
const ofBackup = (name: string, backup: Backup | undefined, closing: LedgerEntry | undefined): Outcome | undefined => {
  if (!backup || backup.status === 'taking') return undefined;
  const { status, reason = `it is ${backup.proof}` } = backup;
  const problems = Array.isArray(closing?.data.problems) ? closing.data.problems : [];
  return { name, status: status === 'complete' && problems.length > 0 ? 'flawed' : status, reason };
};

const closingOf = (name: string, story: readonly LedgerEntry[]): LedgerEntry | undefined =>
  story.findLast((fact) => fact.kind === 'ended' && belongsTo(name, fact));

const told = (name: string, story: readonly LedgerEntry[]): Outcome | undefined => {
  const closing = closingOf(name, story);
  return closing && { name, status: String(closing.data.status ?? closing.data.end), reason: closing.says };
};

const goodEnds: readonly string[] = ['promoted', 'complete', 'removed', 'healthy', 'moved', 'drilled', 'checked'];

/**
 * A rollback is well when traffic was brought back and that was seen; a deployment when it was promoted; a drill when it is healthy, which a
 * copy that was damaged on purpose makes it only by being found out.
 */
export const endedWell = ({ name, status }: Outcome): boolean =>
  name.startsWith('rollback-') ? ['undone', 'rejected'].includes(status) : goodEnds.includes(status);
