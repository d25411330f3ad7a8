import * as v from 'valibot';
import { NamedBackupRequest } from './backup.ts';
import { CertificateCheckWish } from './certificate.ts';
import { DrillId, NamedDrillRequest } from './drill.ts';
import { FailoverWish } from './failover.ts';
import { Actor, Digest, RequestId, RunId, ServiceName } from './names.ts';

/** An EventBridge event as a Lambda function receives it: the envelope, and a detail of one known shape. */
const event = <const T extends string, D extends v.GenericSchema>(type: T, source: string, detail: D) =>
  v.object({ id: v.string(), source: v.literal(source), 'detail-type': v.literal(type), time: v.string(), detail });

export const source = 'evenkeel';

export const DeployWish = v.strictObject({
  service: ServiceName,
  digest: Digest,
  requestedBy: Actor,
  requestId: RequestId,
});
export type DeployWish = v.InferOutput<typeof DeployWish>;
/** Asked by CI, a person's command line or chat: run this digest. */
export const DeployRequested = event('DeployRequested', source, DeployWish);

export const RollbackWish = v.strictObject({
  service: ServiceName,
  requestedBy: Actor,
  requestId: RequestId,
  reason: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
});
export type RollbackWish = v.InferOutput<typeof RollbackWish>;
/** Asked by a person: bring the last good release back. */
export const RollbackRequested = event('RollbackRequested', source, RollbackWish);

/** Asked by a person: bring a database to its second region, or rehearse it. */
export const FailoverRequested = event('FailoverRequested', source, FailoverWish);

/** Asked by a person, or by whoever is about to change a database: back it up. */
export const BackupRequested = event('BackupRequested', source, NamedBackupRequest);

/** Asked by a person: restore a backup and see whether it is all there. */
export const DrillRequested = event('DrillRequested', source, NamedDrillRequest);

/** A schedule of EventBridge says that it is time; `time` is when it was due. */
export const ScheduleDue = event('Scheduled Event', 'aws.events', v.unknown());

/** What the one-shot schedule of a drill says. It has no envelope: the schedule hands over its input as it is. */
export const RemovalDue = v.object({ drill: DrillId });

/** Step Functions says that a run ended. Only bad ends start an undo. */
export const RunEnded = event(
  'Step Functions Execution Status Change',
  'aws.states',
  v.object({
    executionArn: RunId,
    name: v.pipe(v.string(), v.maxLength(80)),
    status: v.picklist(['FAILED', 'TIMED_OUT', 'ABORTED']),
    input: v.nullable(v.string()),
  }),
);

/** CloudWatch says that an alarm fired. */
export const AlarmRaised = event(
  'CloudWatch Alarm State Change',
  'aws.cloudwatch',
  v.object({ alarmName: v.string(), state: v.object({ value: v.literal('ALARM'), reason: v.optional(v.string()) }) }),
);

/** Asked by a person: look at all certificates now. */
export const CertificateCheckRequested = event('CertificateCheckRequested', source, CertificateCheckWish);

/** What ACM says of a certificate. It says nothing when an imported one expires, so these never replace the schedule. */
export const acmEventTypes = [
  'ACM Certificate Approaching Expiration',
  'ACM Certificate Available',
  'ACM Certificate Expired',
  'ACM Certificate Renewal Action Required',
  'ACM Certificate Revoked',
] as const;

export const CertificateChanged = v.object({
  id: v.string(),
  source: v.literal('aws.acm'),
  'detail-type': v.picklist(acmEventTypes),
  time: v.string(),
  resources: v.array(v.string()),
  detail: v.unknown(),
});
