import * as v from 'valibot';
import { DatabaseName, DrillId, InstanceId, RestoreSource } from './database.ts';
import { FailoverPolicy, RecordName } from './failover-policy.ts';
import { Instant } from './instant.ts';
import { Actor, RequestId, ServiceName } from './names.ts';

/** Of a name's two records: the one of the region that serves every day, and the one of the second region. */
export const sides = ['primary', 'second'] as const;
export const Side = v.picklist(sides);
export type Side = v.InferOutput<typeof Side>;
/** Percent of answers for each side; whole numbers that sum to 100. */
export type SideWeights = Readonly<Record<Side, number>>;
/** One request through a name, as its sender saw it. `side`: whose address answered. */
export type SideAnswer = { ok: boolean; latencyMs: number; side?: Side };

/** `drill` does the same on an isolated copy: it promotes nothing of production and moves no public name. */
export const FailoverMode = v.picklist(['real', 'drill']);
export type FailoverMode = v.InferOutput<typeof FailoverMode>;

export const FailoverWish = v.strictObject({
  database: DatabaseName,
  mode: FailoverMode,
  requestedBy: Actor,
  requestId: RequestId,
  reason: v.pipe(
    v.string('expected a reason, for the record'),
    v.minLength(1, 'expected a reason, for the record'),
    v.maxLength(500),
  ),
});
export type FailoverWish = v.InferOutput<typeof FailoverWish>;

/** The name of the execution; the same wish twice is one run. */
export const failoverNameOf = (database: DatabaseName, requestId: RequestId): string =>
  `failover-${database}-${requestId}`;

/**
 * What one independent witness says of the region. `unknown`: it could not be asked, or has never seen the region well; it
 * then counts as one that saw no loss. `lastSignAt`: when it saw the last sign of life, if it can tell.
 */
export const Witness = v.object({
  name: v.string(),
  saw: v.picklist(['lost', 'answers', 'unknown']),
  reason: v.string(),
  lastSignAt: v.optional(Instant),
});
export type Witness = v.InferOutput<typeof Witness>;

/** A service of the database, with the fewest ready pods that may carry its traffic. */
export const Dependant = v.object({ service: ServiceName, floor: v.number() });
export type Dependant = v.InferOutput<typeof Dependant>;

/** The copy that a drill makes. `source` is in the second region. */
export const FailoverCopy = v.object({
  drill: DrillId,
  source: RestoreSource,
  point: Instant,
  sizeClass: v.string(),
  hourlyUsd: v.number(),
  removeBy: Instant,
});
export type FailoverCopy = v.InferOutput<typeof FailoverCopy>;

/** What a run will do, decided once. `target` is what takes writes at the end: the replica, or a drill's copy. */
export const FailoverPlan = v.object({
  name: v.string(),
  database: DatabaseName,
  mode: FailoverMode,
  reason: v.string(),
  requestedBy: Actor,
  old: InstanceId,
  replica: InstanceId,
  target: InstanceId,
  records: v.array(RecordName),
  dependants: v.array(Dependant),
  witnesses: v.array(Witness),
  /** The moment from which the time to recover counts: the loss was confirmed, or the drill began. */
  startedAt: Instant,
  /** The last moment at which the old region can have taken a write, as far as anybody knows. */
  lostAt: Instant,
  policy: FailoverPolicy,
  promises: v.object({ rpoSeconds: v.number(), rtoSeconds: v.number() }),
  copy: v.optional(FailoverCopy),
});
export type FailoverPlan = v.InferOutput<typeof FailoverPlan>;

/** Whether a server takes writes: tried, not believed. `silent`: nobody can reach it. */
export const WriterState = v.picklist(['writes', 'refuses', 'silent']);
export type WriterState = v.InferOutput<typeof WriterState>;

/** How fencing the old writer went. `unreachable`: whoever runs it did not answer, so nothing was done to it. */
export const Fencing = v.object({
  fence: v.picklist(['fenced', 'unreachable']),
  state: WriterState,
  reason: v.string(),
});
export type Fencing = v.InferOutput<typeof Fencing>;

/** What requests and a sentinel showed. Seconds from the start, and from the newest sentinel to the moment of loss. */
export const FailoverVerified = v.object({
  verifiedAt: Instant,
  rtoSeconds: v.number(),
  rpoSeconds: v.nullable(v.number()),
  requests: v.number(),
  /** Of the newest sentinel that came over, and of the one that was there after writing. */
  sentinel: v.object({ before: v.nullable(v.number()), after: v.number() }),
});
export type FailoverVerified = v.InferOutput<typeof FailoverVerified>;

export const failoverStatuses = ['moved', 'drilled', 'refused', 'failed'] as const;

/** How a run ended. `failBack`: what people do to return, step by step. */
export const FailoverOutcome = v.object({
  status: v.picklist(failoverStatuses),
  reason: v.string(),
  rtoSeconds: v.nullable(v.number()),
  rpoSeconds: v.nullable(v.number()),
  /** Of a drill: whether its copy was seen to be gone. */
  absent: v.nullable(v.boolean()),
  failBack: v.array(v.string()),
});
export type FailoverOutcome = v.InferOutput<typeof FailoverOutcome>;
