import type { Backup } from '../../contracts/backup.ts';
import type { DatabaseName, InstanceId } from '../../contracts/database.ts';
import type { Drill, DrillId, DrillOutcome, DrillPlan } from '../../contracts/drill.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { Message } from '../../contracts/message.ts';

/** Ids come from what ended, so each end is told once, whoever tells it. */
export const backupMessage = (backup: Pick<Backup, 'id' | 'database' | 'status' | 'reason'>, at: Instant): Message => ({
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

/** Of a drill that made nothing. */
export const drillRefusedMessage = (database: DatabaseName, drill: DrillId, reason: string, at: Instant): Message => ({
  id: `drill-${drill}`,
  service: database,
  kind: 'drill',
  subject: `${database}: drill ${drill} refused`,
  body: reason,
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

/** A copy that no drill on record made; nobody knows what it costs. */
export const strangerMessage = (service: string, instance: InstanceId, drill: DrillId, at: Instant): Message => ({
  id: `orphan-${drill}`,
  service,
  kind: 'orphan',
  subject: `${instance} bears the mark of drill ${drill}, which is not on record`,
  body: 'it is being removed; find out who made it',
  at,
});
