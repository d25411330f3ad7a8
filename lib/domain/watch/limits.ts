import type { WatchPolicy } from '../../contracts/policy.ts';
import type { Bucket } from '../../contracts/signals.ts';
import type { Check } from '../../contracts/verdict.ts';
import { describeCounts, failureRate, total } from './counts.ts';

type Latency = 'p95Ms' | 'p99Ms';

/**
 * The fixed limits, each a check of its own. They compare with nothing: a release that takes the live slot down with it
 * must still come back. Judged on the newest buckets of this stage that together hold `minimumRequests`; with fewer there
 * is no verdict. They lie outside the sequential test's promise of `alpha`.
 */
export const limitChecks = ({ limits, minimumRequests }: WatchPolicy, stage: readonly Bucket[]): Check[] => {
  const newest = newestHolding(stage, minimumRequests);
  const { requests } = total(newest);
  if (requests < minimumRequests)
    return [
      {
        name: 'limits',
        verdict: 'inconclusive',
        reason: `${requests} of at least ${minimumRequests} requests seen at this weight`,
      },
    ];
  return [
    errorLimit(newest, limits.errorRate),
    latencyLimit(newest, 'p95Ms', limits.p95Ms),
    latencyLimit(newest, 'p99Ms', limits.p99Ms),
  ];
};

const newestHolding = (stage: readonly Bucket[], minimumRequests: number): Bucket[] => {
  const newest: Bucket[] = [];
  let requests = 0;
  for (const bucket of stage.toReversed()) {
    if (requests >= minimumRequests) break;
    newest.push(bucket);
    requests += bucket.requests;
  }
  return newest;
};

const errorLimit = (newest: readonly Bucket[], limit: number): Check => {
  const counts = total(newest);
  return {
    name: 'limit errorRate',
    verdict: failureRate(counts) > limit ? 'unhealthy' : 'healthy',
    reason: `lately ${describeCounts(counts)}, limit ${limit * 100} %`,
  };
};

/** Percentiles of buckets cannot be joined exactly, so the limit is crossed when most requests lie in buckets that cross it. */
const latencyLimit = (newest: readonly Bucket[], latency: Latency, limitMs: number): Check => {
  const name = `limit ${latency}`;
  const answered = newest.filter(({ requests }) => requests > 0);
  if (answered.some((bucket) => bucket[latency] === undefined))
    return { name, verdict: 'inconclusive', reason: `requests were answered, but their ${latency} was not measured` };
  const slow = total(answered.filter((bucket) => (bucket[latency] ?? 0) > limitMs)).requests;
  const { requests } = total(answered);
  return {
    name,
    verdict: 2 * slow > requests ? 'unhealthy' : 'healthy',
    reason: `lately ${slow} of ${requests} requests lie in buckets with ${latency} over ${limitMs} ms`,
  };
};
