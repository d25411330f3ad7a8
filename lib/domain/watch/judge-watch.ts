import { type Instant, secondsBetween } from '../../contracts/instant.ts';
import { otherSlot, type Slot } from '../../contracts/names.ts';
import type { WatchPolicy } from '../../contracts/policy.ts';
import { type Alarm, type Bucket, bucketStart } from '../../contracts/signals.ts';
import type { Check, Verdict } from '../../contracts/verdict.ts';
import { overall } from '../verdict/worst.ts';
import { type Counts, countsOf, gapless } from './counts.ts';
import { alarmsQuiet, limitsHeld, seriesComplete } from './limits.ts';
import { sequentialTest } from './sequential.ts';

/** All that a look at a release knows. Buckets of both slots reach from the bucket of `firstShiftAt` to `now`. */
export type WatchFacts = {
  policy: WatchPolicy;
  newSlot: Slot;
  /** The time before the shift, for the comparison when the live slot has no traffic any more. */
  baseline: readonly Bucket[];
  buckets: readonly Bucket[];
  firstShiftAt: Instant;
  /** Start of the present stage. */
  switchedAt: Instant;
  holdSeconds: number;
  now: Instant;
  alarms: readonly Alarm[];
};

export type Watched = {
  decision: 'watch' | 'pass' | 'undo';
  verdict: Verdict;
  reason: string;
  checks: Check[];
  firstBadAt?: Instant;
  seen: { new: Counts; live: Counts };
};

/**
 * Rules: no verdict before one whole window after the switch; bad at any later look is undone; good passes when it has
 * held; what stays unclear until the deadline is undone, never passed.
 */
export const judgeWatch = (facts: WatchFacts): Watched => {
  const seen = { new: countsOf(facts.buckets, facts.newSlot), live: countsOf(facts.buckets, otherSlot(facts.newSlot)) };
  const checks = checksOf(facts, seen);
  const verdict = overall(checks);
  const firstBadAt = firstBad(facts);
  return { ...decide(facts, verdict, checks), verdict, checks, seen, ...(firstBadAt ? { firstBadAt } : {}) };
};

const checksOf = (facts: WatchFacts, seen: Watched['seen']): Check[] => [
  seriesComplete(gapless(facts.buckets, facts.newSlot, bucketStart(facts.firstShiftAt), facts.now)),
  sequentialTest(facts.policy, seen, countsOf(facts.baseline, otherSlot(facts.newSlot))),
  limitsHeld(
    facts.policy,
    facts.newSlot,
    facts.buckets.filter(({ start }) => start >= bucketStart(facts.switchedAt)),
  ),
  alarmsQuiet(facts.alarms),
];

const decide = (
  facts: WatchFacts,
  verdict: Verdict,
  checks: readonly Check[],
): Pick<Watched, 'decision' | 'reason'> => {
  const { policy, holdSeconds, switchedAt, now } = facts;
  const seconds = secondsBetween(switchedAt, now);
  const reason = checks
    .filter((check) => check.verdict === verdict)
    .map((check) => check.reason)
    .join('; ');
  if (seconds < policy.windowSeconds)
    return { decision: 'watch', reason: `the first window of ${policy.windowSeconds} s is not over` };
  if (verdict === 'unhealthy') return { decision: 'undo', reason };
  if (verdict === 'healthy' && seconds >= holdSeconds) return { decision: 'pass', reason };
  if (seconds < holdSeconds + policy.deadlineSeconds) return { decision: 'watch', reason };
  return { decision: 'undo', reason: `still ${verdict} ${policy.deadlineSeconds} s after the hold: ${reason}` };
};

/** Start of the first bucket in which the new slot failed more than tolerated, not before it had traffic. */
const firstBad = ({ buckets, newSlot, policy, firstShiftAt }: WatchFacts): Instant | undefined => {
  const bad = buckets.find(
    ({ slot, requests, failures }) => slot === newSlot && failures > requests * policy.toleratedErrorRate,
  );
  if (!bad) return undefined;
  return bad.start < firstShiftAt ? firstShiftAt : bad.start;
};
