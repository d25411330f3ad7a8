import * as v from 'valibot';
import { NamedBackupRequest } from './backup.ts';
import { CertificateCheckWish } from './certificate.ts';
import { DrillId, NamedDrillRequest } from './drill.ts';
import { FailoverWish } from './failover.ts';
import { Moment } from './instant.ts';
import { Actor, Digest, RequestId, RunId, ServiceName } from './names.ts';
import { Acknowledgement, BreakerWish, RemedyAnswer } from './remedy.ts';

/** An EventBridge event as a Lambda function receives it: the envelope, and a detail of one known shape. */
const event = <const T extends string, D extends v.GenericSchema>(type: T, source: string, detail: D) =>
  v.object({ id: v.string(), source: v.literal(source), 'detail-type': v.literal(type), time: v.string(), detail });

/** The same where the moment at which it was told matters. */
const told = <const T extends string, D extends v.GenericSchema>(type: T, source: string, detail: D) =>
  v.object({ ...event(type, source, detail).entries, time: Moment });

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

/** A person closes the breaker of a resource. */
export const BreakerCloseRequested = event('BreakerCloseRequested', source, BreakerWish);

/** A person says whether a rung may act. */
export const RemedyAnswered = event('RemedyAnswered', source, RemedyAnswer);

/** A person looks after an incident. */
export const AlarmAcknowledged = event('AlarmAcknowledged', source, Acknowledgement);

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

/** The name and the dimensions of what an alarm measures, where it measures one thing. */
const Measured = v.object({
  metricStat: v.object({
    metric: v.object({
      namespace: v.string(),
      name: v.string(),
      dimensions: v.optional(v.record(v.string(), v.string()), {}),
    }),
  }),
});

/** CloudWatch says that an alarm is in another state than before, for better or worse. */
export const AlarmChanged = told(
  'CloudWatch Alarm State Change',
  'aws.cloudwatch',
  v.object({
    alarmName: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
    state: v.object({
      value: v.picklist(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
      reason: v.optional(v.string(), ''),
      /** With an offset, as `2026-05-01T10:00:00.000+0000`. */
      timestamp: v.optional(Moment),
    }),
    configuration: v.optional(
      v.object({
        description: v.optional(v.string()),
        metrics: v.optional(v.array(v.union([Measured, v.unknown()])), []),
      }),
    ),
  }),
);
export type AlarmChanged = v.InferOutput<typeof AlarmChanged>;
/** What of it tells the change; also what is read of the past. */
export type AlarmTransition = Pick<AlarmChanged, 'time' | 'detail'>;

/** RDS says what happens to an instance. Each kind of event has its own `EventID`. */
export const DatabaseChanged = told(
  'RDS DB Instance Event',
  'aws.rds',
  v.object({
    EventID: v.pipe(v.string(), v.minLength(1)),
    EventCategories: v.array(v.string()),
    SourceIdentifier: v.pipe(v.string(), v.minLength(1)),
    Message: v.optional(v.string(), ''),
  }),
);
export type DatabaseChanged = v.InferOutput<typeof DatabaseChanged>;

/** AWS says that something of its own is not well, or is to be looked at. */
export const HealthChanged = told(
  'AWS Health Event',
  'aws.health',
  v.object({
    eventArn: v.string(),
    service: v.string(),
    eventTypeCode: v.pipe(v.string(), v.minLength(1)),
    eventTypeCategory: v.string(),
    statusCode: v.optional(v.picklist(['open', 'closed', 'upcoming']), 'open'),
    eventDescription: v.optional(v.array(v.object({ latestDescription: v.string() })), []),
    affectedEntities: v.optional(v.array(v.object({ entityValue: v.string() })), []),
  }),
);
export type HealthChanged = v.InferOutput<typeof HealthChanged>;

/** ECR says what the scan of an image found. */
export const ImageScanned = told(
  'ECR Image Scan',
  'aws.ecr',
  v.object({
    'scan-status': v.string(),
    'repository-name': v.pipe(v.string(), v.minLength(1)),
    'image-digest': v.pipe(v.string(), v.minLength(1)),
    'finding-severity-counts': v.optional(v.record(v.string(), v.number()), {}),
  }),
);
export type ImageScanned = v.InferOutput<typeof ImageScanned>;

/** What CloudWatch puts on a topic. */
export const AlarmNotice = v.object({
  AlarmName: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  AlarmDescription: v.optional(v.nullable(v.string())),
  NewStateValue: v.picklist(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
  NewStateReason: v.optional(v.string(), ''),
  StateChangeTime: Moment,
  Trigger: v.optional(
    v.object({
      MetricName: v.optional(v.string()),
      Namespace: v.optional(v.string()),
      Dimensions: v.optional(v.array(v.object({ name: v.string(), value: v.string() })), []),
    }),
  ),
});
export type AlarmNotice = v.InferOutput<typeof AlarmNotice>;

/** What Alertmanager sends to a webhook, version 4. */
export const AlertGroup = v.object({
  version: v.literal('4'),
  alerts: v.pipe(
    v.array(
      v.object({
        status: v.picklist(['firing', 'resolved']),
        labels: v.record(v.string(), v.string()),
        annotations: v.optional(v.record(v.string(), v.string()), {}),
        startsAt: Moment,
        /** Before it ended, a moment of no meaning. */
        endsAt: Moment,
      }),
    ),
    v.minLength(1),
  ),
});
export type AlertGroup = v.InferOutput<typeof AlertGroup>;

/** What lies on the topic of alarms: one message each, of which the text is what whoever told it has written. */
export const AlarmTold = v.object({
  Records: v.pipe(
    v.array(
      v.object({
        Sns: v.object({
          MessageId: v.string(),
          Message: v.pipe(v.string(), v.parseJson(), v.union([AlarmNotice, AlertGroup])),
        }),
      }),
    ),
    v.minLength(1, 'expected at least one message'),
  ),
});

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
