import { otherSlot, type Slot } from '../../contracts/names.ts';
import type { WatchPolicy } from '../../contracts/policy.ts';
import type { Alarm, Bucket } from '../../contracts/signals.ts';
import type { Check, Verdict } from '../../contracts/verdict.ts';
import { type Counts, countsOf, errorRate } from './counts.ts';

const check = (name: string, verdict: Verdict, reason: string): Check => ({ name, verdict, reason });

/** A missing bucket is a fault of the measurement, not a quiet service. */
export const seriesComplete = (complete: boolean): Check =>
  complete
    ? check('series', 'healthy', 'no bucket is missing')
    : check('series', 'error', 'buckets of the new slot are missing');

/**
 * Fixed limits on the present stage, judged once it has answered `minimumRequests`; one slow bucket of that many is
 * enough. An error rate that the live slot shows as well is no verdict on the release.
 */
export const limitsHeld = (policy: WatchPolicy, newSlot: Slot, stage: readonly Bucket[]): Check => {
  const { limits, minimumRequests } = policy;
  const seen = countsOf(stage, newSlot);
  if (seen.requests < minimumRequests)
    return check('limits', 'inconclusive', `${seen.requests} of ${minimumRequests} requests seen at this weight`);
  if (errorRate(seen) > limits.errorRate) return overErrorLimit(policy, seen, countsOf(stage, otherSlot(newSlot)));
  const whole = stage.filter(({ slot, requests }) => slot === newSlot && requests >= minimumRequests);
  const slow = whole.find(({ p95Ms = 0, p99Ms = 0 }) => p95Ms > limits.p95Ms || p99Ms > limits.p99Ms);
  if (slow)
    return check(
      'limits',
      'unhealthy',
      `p95 ${slow.p95Ms} ms, p99 ${slow.p99Ms} ms; allowed ${limits.p95Ms} ms and ${limits.p99Ms} ms`,
    );
  return check('limits', 'healthy', 'error rate and latency are within the limits');
};

const overErrorLimit = ({ limits, minimumRequests }: WatchPolicy, seen: Counts, live: Counts): Check => {
  const shared = live.requests >= minimumRequests && errorRate(live) > limits.errorRate;
  const reason = `${seen.failures} of ${seen.requests} requests failed, over the limit of ${limits.errorRate * 100} %`;
  return shared
    ? check('limits', 'inconclusive', `${reason}, as on the live slot`)
    : check('limits', 'unhealthy', reason);
};

/** Alarms were quiet and able to act when the release began; a firing one speaks against it. */
export const alarmsQuiet = (alarms: readonly Alarm[]): Check => {
  const firing = alarms.filter(({ state }) => state === 'alarm').map(({ name }) => name);
  return firing.length > 0
    ? check('alarms', 'unhealthy', `firing: ${firing.join(', ')}`)
    : check('alarms', 'healthy', 'no alarm fires');
};
