import { describe, expect, test } from '@jest/globals';
import { plusSeconds } from '../../../lib/contracts/instant.ts';
import type { Bucket } from '../../../lib/contracts/signals.ts';
import { limitChecks } from '../../../lib/domain/watch/limits.ts';
import { aBucket, aWatch, now } from '../../support/builders.ts';

const stage = (...buckets: Partial<Bucket>[]): Bucket[] =>
  buckets.map((bucket, index) => aBucket({ start: plusSeconds(now, index * 10), ...bucket }));
const verdicts = (buckets: Bucket[]) =>
  Object.fromEntries(limitChecks(aWatch({ minimumRequests: 50 }), buckets).map(({ name, verdict }) => [name, verdict]));

describe('the fixed limits', () => {
  test('say nothing under the least number of requests', () => {
    expect(verdicts(stage({ requests: 49, failures: 49 }))).toEqual({ limits: 'inconclusive' });
    expect(verdicts([])).toEqual({ limits: 'inconclusive' });
  });

  test('are judged on the newest buckets that hold enough, so that an old calm hides no new fault', () => {
    const calm = { requests: 10_000 };
    expect(verdicts(stage(calm, calm, { requests: 50, failures: 3 }))['limit errorRate']).toBe('unhealthy');
    expect(verdicts(stage(calm, calm, { requests: 49, failures: 3 }))['limit errorRate']).toBe('healthy');
  });

  test('forget an old fault once enough was answered since', () => {
    const buckets = stage({ requests: 100, failures: 50, p95Ms: 9000 }, { requests: 50 });
    expect(verdicts(buckets)).toEqual({
      'limit errorRate': 'healthy',
      'limit p95Ms': 'healthy',
      'limit p99Ms': 'healthy',
    });
  });

  test('allow exactly the limit', () => {
    expect(verdicts(stage({ requests: 100, failures: 5, p95Ms: 500, p99Ms: 1000 }))).toEqual({
      'limit errorRate': 'healthy',
      'limit p95Ms': 'healthy',
      'limit p99Ms': 'healthy',
    });
  });

  test('do not ask empty buckets for a latency', () => {
    const { p95Ms: _, p99Ms: __, ...empty } = aBucket({ requests: 0 });
    expect(verdicts([aBucket(), { ...empty, start: plusSeconds(now, 10) }])['limit p95Ms']).toBe('healthy');
  });
});
