import type { Drill, DrillOutcome } from '../../contracts/drill.ts';
import type { Instant } from '../../contracts/instant.ts';
import { costOf } from './measure.ts';

/** The end of a drill whose own run did not record one. Nothing is left of it, and nothing is known of its content. */
export const abandoned = ({ plan }: Drill, hourlyUsd: number, now: Instant): DrillOutcome => {
  const reason = 'its run ended without an end on record; what it had made is gone';
  return {
    verdict: 'error',
    checks: [{ name: 'run', verdict: 'error', reason }],
    phases: { removedAt: now },
    absent: true,
    costUsd: costOf(hourlyUsd, plan.startedAt, now),
    reason,
  };
};
