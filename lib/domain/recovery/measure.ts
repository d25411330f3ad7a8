import type { DrillPhases, DrillPlan } from '../../contracts/drill.ts';
import { type Instant, secondsBetween } from '../../contracts/instant.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import type { Check } from '../../contracts/verdict.ts';

export type Measured = { rpoSeconds?: number; rtoSeconds?: number };

/**
 * RPO: what is lost, from the newest row that came back to the moment that was asked for. RTO: what it takes, from the start to the
 * verdict on the content.
 */
export const measure = (plan: DrillPlan, phases: DrillPhases, newestSentinel: Instant | undefined): Measured => ({
  ...(newestSentinel && { rpoSeconds: Math.max(0, secondsBetween(newestSentinel, plan.point)) }),
  ...(phases.verifiedAt && { rtoSeconds: secondsBetween(plan.startedAt, phases.verifiedAt) }),
});

/** What was measured against what is promised. A figure that is missing is no pass. */
export const judgePromises = ({ rpoSeconds, rtoSeconds }: Measured, { promises }: RecoveryPolicy): Check[] => [
  judged('rpo', rpoSeconds, promises.rpoSeconds),
  judged('rto', rtoSeconds, promises.rtoSeconds),
];

const judged = (name: string, seconds: number | undefined, promised: number): Check => {
  if (seconds === undefined) return { name, verdict: 'inconclusive', reason: 'not measured' };
  const reason = `${seconds.toFixed(1)} s; promised are ${promised} s`;
  return { name, verdict: seconds <= promised ? 'healthy' : 'unhealthy', reason };
};

/** Seconds that each phase took, in their order; one that was not reached is left out. */
export const phaseSeconds = (plan: DrillPlan, phases: DrillPhases): Record<string, number> => {
  const ends: [string, Instant | undefined][] = [
    ['choose', phases.chosenAt],
    ['arm', phases.armedAt],
    ['restore', phases.restoredAt],
    ['answer', phases.answeredAt],
    ['verify', phases.verifiedAt],
    ['remove', phases.removedAt],
  ];
  let previous: Instant = plan.startedAt;
  const seconds: Record<string, number> = {};
  for (const [phase, end] of ends) {
    if (!end) continue;
    seconds[phase] = secondsBetween(previous, end);
    previous = end;
  }
  return seconds;
};

/** US dollars, rounded up to the cent: an estimate from the price in the policy. Each started hour is not charged, each second is. */
export const costOf = (hourlyUsd: number, from: Instant, to: Instant): number =>
  Math.ceil((hourlyUsd * Math.max(0, secondsBetween(from, to)) * 100) / 3600) / 100;
