import * as v from 'valibot';
import { TableName } from './content.ts';
import { DatabaseName, InstanceId } from './database.ts';
import { ExportKind, exportKinds } from './export.ts';
import { FailoverPolicy } from './failover-policy.ts';
import { ServiceName } from './names.ts';
import { wholeNumber } from './whole-number.ts';

/** How many backups are kept: all of so many days, then one a week and one a month (grandfather, father, son). */
export const Retention = v.strictObject({
  days: wholeNumber(1, 365),
  weeks: wholeNumber(0, 260),
  months: wholeNumber(0, 120),
});
export type Retention = v.InferOutput<typeof Retention>;

/** How a database is backed up, drilled and failed over. */
export const RecoveryPolicy = v.strictObject({
  retention: Retention,
  /** A newest backup older than this is stale. */
  freshHours: wholeNumber(1, 168),
  /** A last green drill older than this proves nothing any more. */
  drillFreshDays: wholeNumber(1, 92),
  /** A backup whose size differs from the usual by more than this share is looked at: 0.5 is half. */
  sizeAnomalyShare: v.pipe(v.number(), v.gtValue(0), v.maxValue(10)),
  /** Whether a copy goes to the second region. */
  copyToSecondRegion: v.boolean(),
  /** What is made beside the snapshot, for whoever cannot restore one. */
  exports: v.pipe(
    v.array(ExportKind),
    v.check((kinds) => new Set(kinds).size === kinds.length, `expected each of ${exportKinds.join(', ')} once at most`),
  ),
  backup: v.strictObject({ deadlineSeconds: wholeNumber(60, 86_400) }),
  drill: v.strictObject({
    /** What was made by a drill may exist this long; then the one-shot schedule removes it, and after it the reaper. */
    removeAfterSeconds: wholeNumber(60, 86_400),
    deadlineSeconds: wholeNumber(30, 86_400),
    absenceSeconds: wholeNumber(10, 86_400),
    /** Cheapest that fits. */
    sizeClass: v.pipe(v.string(), v.regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, 'expected a class of RDS, as db.t4g.medium')),
    /** US dollars that an instance of the class, with its storage, costs an hour. */
    hourlyUsd: v.pipe(v.number(), v.minValue(0)),
  }),
  /** What is promised, in seconds. */
  promises: v.strictObject({
    rpoSeconds: wholeNumber(1, 604_800),
    rtoSeconds: wholeNumber(1, 604_800),
    backupSeconds: wholeNumber(1, 86_400),
  }),
});
export type RecoveryPolicy = v.InferOutput<typeof RecoveryPolicy>;

/** Asked of a restored copy: SQL that gives one row with one boolean. */
export const Invariant = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  sql: v.pipe(v.string(), v.maxLength(2000), v.regex(/^\s*select\b[^;]*$/i, 'expected one SELECT without a semicolon')),
});
export type Invariant = v.InferOutput<typeof Invariant>;

/**
 * A table whose number of rows rises and falls, as that of sessions or of a queue: what it held before and after a moment says nothing
 * of the moment itself. `leastRows`: fewer than so many are never right; 0 for one that may be empty.
 */
export const Churning = v.strictObject({ table: TableName, leastRows: wholeNumber(0, 1_000_000_000) });
export type Churning = v.InferOutput<typeof Churning>;

/** One database as its team describes it. */
export const Database = v.strictObject({
  name: DatabaseName,
  instance: InstanceId,
  /** The services whose releases ask whether it can be restored. */
  services: v.array(ServiceName),
  policy: v.string(),
  invariants: v.array(Invariant),
  /** Without it every table's rows only grow, or only shrink, or its copy is `unhealthy`. */
  churning: v.optional(v.array(Churning)),
  /** How it is brought to its second region; without it a failover is refused. */
  failover: v.optional(FailoverPolicy),
});
export type Database = v.InferOutput<typeof Database>;
