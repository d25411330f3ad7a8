import type { AlarmChange } from '../../contracts/alarm.ts';
import type { Bucket } from '../../contracts/signals.ts';

/** Rule: an alarm of which nothing is known is not over. */
export const alarmIsOver = (state: AlarmChange['state'] | undefined): boolean | undefined =>
  state === undefined || state === 'unknown' ? undefined : state === 'over';

/** Rule: no traffic is no answer. */
export const shareIsBelow = (share: number, buckets: readonly Bucket[] | undefined): boolean | undefined => {
  const requests = (buckets ?? []).reduce((sum, bucket) => sum + bucket.requests, 0);
  const failures = (buckets ?? []).reduce((sum, bucket) => sum + bucket.failures, 0);
  return requests === 0 ? undefined : failures / requests < share;
};
