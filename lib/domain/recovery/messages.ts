import type { Backup } from '../../contracts/backup.ts';
import type { Drill, DrillOutcome, DrillPlan } from '../../contracts/drill.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { Message } from '../../contracts/message.ts';

/** Ids come from what ended, so each end is told once, whoever tells it. */
export const backupMessage = (backup: Backup, at: Instant): Message => ({
  id: `backup-${backup.id}`,
  service: backup.database,
  kind: 'backup',
  subject: `${backup.database}: backup ${backup.id} ${backup.status}`,
  body: backup.reason ?? 'it is unproven until a drill restores it',
  at,
});

export const drillMessage = (plan: DrillPlan, outcome: DrillOutcome, at: Instant): Message => ({
  id: `drill-${plan.drill}`,
  service: plan.database,
  kind: 'drill',
  subject: `${plan.database}: drill ${plan.drill} ${outcome.verdict}`,
  body: [outcome.reason, ...measured(outcome)].join('; '),
  at,
});

const measured = ({ rpoSeconds, rtoSeconds, costUsd }: DrillOutcome): string[] => [
  ...(rpoSeconds === undefined ? [] : [`RPO ${rpoSeconds.toFixed(1)} s`]),
  ...(rtoSeconds === undefined ? [] : [`RTO ${rtoSeconds.toFixed(1)} s`]),
  `cost about ${costUsd.toFixed(2)} USD`,
];

/** A copy that outlived its drill: what it is, and what it costs by the hour. */
export const orphanMessage = ({ plan }: Pick<Drill, 'plan'>, hourlyUsd: number, at: Instant): Message => ({
  id: `orphan-${plan.drill}`,
  service: plan.database,
  kind: 'orphan',
  subject: `${plan.database}: ${plan.instance} of drill ${plan.drill} is still there`,
  body: `it is being removed, and costs about ${hourlyUsd.toFixed(2)} USD an hour until then`,
  at,
});
