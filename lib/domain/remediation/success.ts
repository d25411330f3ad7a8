import type { AlarmChange } from '../../contracts/alarm.ts';
import type { Bucket } from '../../contracts/signals.ts';
import { wilsonLower } from './standing.ts';

/** Rule: an alarm of which nothing is known is not over. */
export const alarmIsOver = (state: AlarmChange['state'] | undefined): boolean | undefined =>
  state === undefined || state === 'unknown' ? undefined : state === 'over';

/** Rule: no traffic is no answer. */
export const shareIsBelow = (share: number, buckets: readonly Bucket[] | undefined): boolean | undefined => {
  const { requests, failures } = sumOf(buckets);
  return requests === 0 ? undefined : failures / requests < share;
};

/**
 * Whether clearly more fails than before the act: the least that the share can be by what was seen is over twice that of before, and over
 * twice what is allowed. Rule: where either cannot be told, nothing is said against the act.
 */
export const isClearlyWorse = (
  share: number,
  before: readonly Bucket[] | undefined,
  after: readonly Bucket[] | undefined,
): boolean => {
  const [was, is] = [sumOf(before), sumOf(after)];
  if (was.requests === 0 || is.requests === 0) return false;
  return wilsonLower(is.failures, is.requests) > 2 * Math.max(share, was.failures / was.requests);
};

const sumOf = (buckets: readonly Bucket[] | undefined): Pick<Bucket, 'requests' | 'failures'> =>
  (buckets ?? []).reduce(
    (sum, { requests, failures }) => ({ requests: sum.requests + requests, failures: sum.failures + failures }),
    { requests: 0, failures: 0 },
  );
