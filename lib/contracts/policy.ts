import * as v from 'valibot';
import { Instant } from './instant.ts';
import { wholeNumber } from './whole-number.ts';

const rate = v.pipe(v.number(), v.gtValue(0, 'expected more than 0'), v.ltValue(1, 'expected less than 1'));
const percent = wholeNumber(1, 100);

/** Every check before traffic moves. A gate absent from a policy does not exist for it; none is skipped silently. */
export const gateNames = [
  'imageScan',
  'configuration',
  'alarms',
  'notFoundBad',
  'freeze',
  'backupFresh',
  'restoreDrillFresh',
  'certificates',
  'schemaCompatible',
] as const;
export const GateName = v.picklist(gateNames);
export type GateName = v.InferOutput<typeof GateName>;

/** What to do when a gate cannot tell. `stop` is the safe choice; `warn` goes on and leaves the reason in the ledger. */
export const GatePolicy = v.strictObject({ whenInconclusive: v.picklist(['stop', 'warn']) });
export const ImageScanPolicy = v.strictObject({
  ...GatePolicy.entries,
  maxCritical: wholeNumber(0, 1000),
  maxHigh: wholeNumber(0, 1000),
});

/** Nothing but undo runs between `from` and `to`. */
export const Freeze = v.strictObject({ from: Instant, to: Instant, reason: v.pipe(v.string(), v.minLength(1)) });
export type Freeze = v.InferOutput<typeof Freeze>;

/** A part of the shift: `weight` percent of traffic on the new slot, watched for at least `holdSeconds`. */
export const Stage = v.strictObject({ weight: percent, holdSeconds: wholeNumber(0, 86_400) });
export type Stage = v.InferOutput<typeof Stage>;

/**
 * The sequential test beside fixed limits (design: "Watching a release"). `alpha` bounds the chance to undo a good
 * release, `beta` the chance to pass one that fails at `worstErrorRate` or above.
 */
export const WatchPolicy = v.strictObject({
  toleratedErrorRate: rate,
  worstErrorRate: rate,
  alpha: rate,
  beta: rate,
  windowSeconds: wholeNumber(1, 300),
  pollSeconds: wholeNumber(1, 300),
  /** The longest one stage may stay inconclusive, beyond its hold, before it is undone. */
  deadlineSeconds: wholeNumber(1, 86_400),
  minimumRequests: wholeNumber(1, 1_000_000),
  limits: v.strictObject({ errorRate: rate, p95Ms: wholeNumber(1, 600_000), p99Ms: wholeNumber(1, 600_000) }),
  /** Sent by the watch when users send too few; 0 turns it off. */
  syntheticRequestsPerPoll: wholeNumber(0, 200),
  heartbeatSeconds: wholeNumber(5, 3600),
});
export type WatchPolicy = v.InferOutput<typeof WatchPolicy>;

export const ReleasePolicy = v.strictObject({
  gates: v.strictObject({
    imageScan: v.optional(ImageScanPolicy),
    configuration: v.optional(GatePolicy),
    alarms: v.optional(GatePolicy),
    notFoundBad: v.optional(GatePolicy),
    freeze: v.optional(GatePolicy),
    backupFresh: v.optional(GatePolicy),
    restoreDrillFresh: v.optional(GatePolicy),
    certificates: v.optional(GatePolicy),
    schemaCompatible: v.optional(GatePolicy),
  }),
  /** Approvals come with chat; until then any other value is refused instead of ignored. */
  approval: v.literal('none'),
  rollout: v.strictObject({ deadlineSeconds: wholeNumber(10, 3600), pollSeconds: wholeNumber(1, 60) }),
  smoke: v.strictObject({
    requests: wholeNumber(1, 200),
    maxFailures: wholeNumber(0, 200),
    maxP95Ms: wholeNumber(1, 600_000),
  }),
  /** Weight of the drill that goes forward and back before the real shift; 0 turns it off. */
  undoDrillWeight: wholeNumber(0, 5),
  shift: v.pipe(v.array(Stage), v.minLength(1, 'expected at least one stage')),
  bakeSeconds: wholeNumber(0, 172_800),
  watch: WatchPolicy,
  /** The old slot is released once it answered no request for this long. */
  drainSeconds: wholeNumber(1, 3600),
  verify: v.strictObject({ requests: wholeNumber(1, 200) }),
  /** A lease outlives the slowest run; it is a safety net, not a timer. */
  leaseSeconds: wholeNumber(60, 259_200),
});
export type ReleasePolicy = v.InferOutput<typeof ReleasePolicy>;
