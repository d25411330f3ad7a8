import { type Instant, plusSeconds, secondsBetween } from '../../contracts/instant.ts';
import { otherSlot, type Slot } from '../../contracts/names.ts';
import type { WatchPolicy } from '../../contracts/policy.ts';
import { type Alarm, type Bucket, bucketStart } from '../../contracts/signals.ts';
import type { Check, Verdict } from '../../contracts/verdict.ts';
import { overall } from '../verdict/worst.ts';
import { type Counts, countsOf, total } from './counts.ts';
import { alarmsQuiet, bucketsComplete } from './guards.ts';
import { limitChecks } from './limits.ts';
import { type Moment, momentsOf, stageCounts } from './moments.ts';
import { sequentialTest } from './sequential.ts';

/** All that a look at a release knows. Buckets of both slots, from the bucket of `firstShiftAt` up to `now`. */
export type WatchFacts = {
  policy: WatchPolicy;
  newSlot: Slot;
  /** The time just before the shift, for the comparison where the live slot answers nothing any more. */
  baseline: readonly Bucket[];
  buckets: readonly Bucket[];
  firstShiftAt: Instant;
  /** Start of the present stage. */
  switchedAt: Instant;
  /** Percent of traffic that the present stage gives to the new slot. */
  weight: number;
  holdSeconds: number;
  now: Instant;
  alarms: readonly Alarm[];
};

export type Watched = {
  decision: 'watch' | 'pass' | 'undo';
  verdict: Verdict;
  reason: string;
  checks: Check[];
  /** Start of the first bucket in which the new slot failed more than tolerated, not before it had traffic. */
  firstBadAt?: Instant;
  /** Since the first shift. */
  seen: { new: Counts; live: Counts };
  /** True while all that is missing for a verdict is more requests than users send. */
  wantsRequests: boolean;
};

/**
 * Rules: nothing is decided before one whole window after the first shift, and nothing passes before one after the
 * stage's own switch; bad at any later look is undone; good passes when it has held; what stays unclear until the deadline
 * is undone, never passed.
 */
export const judgeWatch = (facts: WatchFacts): Watched => {
  const { newSlot, buckets, now } = facts;
  const { moments, missing } = momentsOf(buckets, { newSlot, from: bucketStart(facts.firstShiftAt), now });
  const checks = checksOf(facts, moments, missing);
  const verdict = overall(checks);
  const firstBadAt = firstBad(facts, moments);
  const decided = decide(facts, verdict, checks);
  return {
    ...decided,
    verdict,
    checks,
    ...(firstBadAt ? { firstBadAt } : {}),
    seen: { new: total(moments.map((moment) => moment.new)), live: total(moments.map((moment) => moment.live)) },
    wantsRequests: decided.decision === 'watch' && tooFewRequests(checks) && tooQuiet(facts, moments),
  };
};

const checksOf = (facts: WatchFacts, moments: readonly Moment[], missing: readonly Instant[]): Check[] => {
  const switchBucket = bucketStart(facts.switchedAt);
  const baseline = facts.baseline.filter(({ slot }) => slot === otherSlot(facts.newSlot));
  const stage = moments.filter(({ start }) => start >= switchBucket);
  return [
    bucketsComplete(missing, baseline.length),
    sequentialTest(facts.policy, {
      pairs: moments,
      stage: { pairs: stage, share: facts.weight / 100, answered: total(stageCounts(moments, switchBucket)) },
      baseline: countsOf(baseline, otherSlot(facts.newSlot)),
    }),
    ...limitChecks(
      facts.policy,
      stage.map((moment) => moment.new),
    ),
    alarmsQuiet(facts.alarms),
  ];
};

const tooFewRequests = (checks: readonly Check[]): boolean =>
  checks.some(({ name, verdict }) => (name === 'sequential' || name === 'limits') && verdict === 'inconclusive');

/**
 * Users send less than the fixed limits need in a window. Only then are requests worth sending: they go to a harmless path,
 * so beside enough users they would make a fault look smaller than it is.
 */
const tooQuiet = ({ policy, switchedAt, now }: WatchFacts, moments: readonly Moment[]): boolean => {
  const { requests } = total(stageCounts(moments, bucketStart(switchedAt)));
  return requests / secondsBetween(switchedAt, now) < policy.minimumRequests / policy.windowSeconds;
};

type Decided = Pick<Watched, 'decision' | 'reason'>;

const decide = (facts: WatchFacts, verdict: Verdict, checks: Check[]): Decided => {
  const { policy, holdSeconds, firstShiftAt, switchedAt, now } = facts;
  const seconds = secondsBetween(switchedAt, now);
  const watched = secondsBetween(firstShiftAt, now);
  const deadline = plusSeconds(switchedAt, holdSeconds + policy.deadlineSeconds);
  const because = checks
    .filter((check) => check.verdict === verdict)
    .map(({ name, reason }) => `${name}: ${reason}`)
    .join('; ');
  if (watched < policy.windowSeconds)
    return { decision: 'watch', reason: `${watched} s of the first window of ${policy.windowSeconds} s are over` };
  if (verdict === 'unhealthy') return { decision: 'undo', reason: because };
  if (verdict === 'healthy' && seconds >= Math.max(holdSeconds, policy.windowSeconds))
    return { decision: 'pass', reason: because };
  if (now >= deadline)
    return { decision: 'undo', reason: `watch inconclusive at its deadline, ${deadline}: ${verdict}, ${because}` };
  return {
    decision: 'watch',
    reason: `${verdict} ${seconds} s after the switch, ${holdSeconds} s to hold: ${because}`,
  };
};

const firstBad = ({ policy, firstShiftAt }: WatchFacts, moments: readonly Moment[]): Instant | undefined => {
  const bad = moments.find((moment) => moment.new.failures > moment.new.requests * policy.toleratedErrorRate);
  if (!bad) return undefined;
  return bad.start < firstShiftAt ? firstShiftAt : bad.start;
};
