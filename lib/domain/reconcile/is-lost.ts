import type { LostRun } from '../../contracts/reconcile.ts';
import { badEnds, type RunEnd, type RunState } from '../../contracts/run.ts';

/** Rule: a run that goes on, or of which nothing is known, has not ended. */
export const isBadEnd = (run: RunState | undefined): run is RunEnd =>
  run !== undefined && (badEnds as readonly string[]).includes(run.status);

/**
 * Whether the end of a run still asks for something that nobody began. `next`: the run that its end would have started. A rollback
 * that failed has said so itself.
 */
export const isLost = (
  machine: LostRun['machine'],
  run: RunState | undefined,
  next: RunState | undefined,
): run is RunEnd => isBadEnd(run) && next === undefined && !(machine === 'rollback' && run.status === 'FAILED');
