import type { Drill, DrillOutcome, DrillPlan } from '../../contracts/drill.ts';
import type { Instant } from '../../contracts/instant.ts';
import { costOf } from './measure.ts';

const unknown = 'its run ended without an end on record; what it had made is gone';

/** The end of a drill whose own run did not seal one. Nothing is left of it, and nothing is known of its content. */
export const abandoned = (plan: DrillPlan, hourlyUsd: number, now: Instant): DrillOutcome => ({
  verdict: 'error',
  checks: [
    { name: 'run', verdict: 'error', reason: unknown },
    { name: 'absence', verdict: 'healthy', reason: `${plan.instance} was seen to be gone` },
  ],
  ...seenGone(plan, hourlyUsd, now),
  reason: unknown,
});

/** What goes on record: as it was sealed, and what was not seen to be gone then is gone now. */
export const endAfter = ({ plan, outcome }: Drill, hourlyUsd: number, now: Instant): DrillOutcome => {
  if (!outcome) return abandoned(plan, hourlyUsd, now);
  if (outcome.absent) return outcome;
  const gone = seenGone(plan, hourlyUsd, now);
  return { ...outcome, ...gone, phases: { ...outcome.phases, ...gone.phases } };
};

const seenGone = ({ startedAt }: DrillPlan, hourlyUsd: number, now: Instant) => ({
  phases: { removedAt: now },
  absent: true,
  costUsd: costOf(hourlyUsd, startedAt, now),
});
