import * as v from 'valibot';
import { InstanceId } from './database.ts';
import { ServiceName } from './names.ts';
import { wholeNumber } from './whole-number.ts';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const service = v.optional(ServiceName);
const instance = v.optional(InstanceId);

/*
 * What may be done about an alarm. A target that is left out is the alarm's own resource. All are idempotent under one stamp, and are
 * refused by name when their target is of another kind.
 */
export const clusterActions = [
  /** All pods of the slot that is live, anew, a few at a time. */
  v.strictObject({ kind: v.literal('restart-rollout'), service }),
  v.strictObject({ kind: v.literal('scale-service'), service, by: wholeNumber(1, 100), atMost: wholeNumber(1, 1000) }),
  v.strictObject({ kind: v.literal('raise-floor'), service, to: wholeNumber(1, 1000) }),
  v.strictObject({ kind: v.literal('recycle-pod'), service, pod: v.optional(name) }),
  v.strictObject({ kind: v.literal('drain-node'), node: v.optional(name) }),
  v.strictObject({
    kind: v.literal('scale-node-group'),
    group: v.optional(name),
    by: wholeNumber(1, 20),
    atMost: wholeNumber(1, 100),
  }),
  v.strictObject({ kind: v.literal('rotate-credential'), credential: v.optional(name) }),
] as const;
export const databaseActions = [
  v.strictObject({ kind: v.literal('reboot-database'), instance }),
  v.strictObject({ kind: v.literal('fail-over-database'), instance }),
  v.strictObject({ kind: v.literal('promote-replica'), instance }),
  /** Ends the sessions that others have waited for longer than this. */
  v.strictObject({ kind: v.literal('end-blocking-sessions'), instance, waitedSeconds: wholeNumber(1, 86_400) }),
  v.strictObject({
    kind: v.literal('extend-storage'),
    instance,
    byPercent: wholeNumber(10, 100),
    atMostGib: wholeNumber(20, 65_536),
  }),
  v.strictObject({ kind: v.literal('fail-over-cache'), cache: v.optional(name) }),
] as const;
export const edgeActions = [
  v.strictObject({
    kind: v.literal('purge-path'),
    distribution: v.optional(name),
    path: v.pipe(v.string(), v.regex(/^\/[\w./*-]*$/, 'expected a path that starts with /')),
  }),
  v.strictObject({ kind: v.literal('pause-schedule'), schedule: v.optional(name) }),
] as const;
/** Started as runs of other machines, under a name made from the stamp. */
export const machineActions = [
  v.strictObject({ kind: v.literal('undo-release'), service }),
  v.strictObject({ kind: v.literal('run-restore-test'), database: v.optional(name) }),
] as const;
/** Tells a person and does nothing else; never counts as having helped. */
export const page = v.strictObject({ kind: v.literal('page') });

export const Action = v.variant('kind', [
  ...clusterActions,
  ...databaseActions,
  ...edgeActions,
  ...machineActions,
  page,
]);
export type Action = v.InferOutput<typeof Action>;
export type ActionKind = Action['kind'];

/** Who carries an action out: one Lambda function each, with the rights of its own actions alone. */
export const actors = ['cluster', 'databases', 'edge', 'machines', 'nobody'] as const;
export type ActorName = (typeof actors)[number];
