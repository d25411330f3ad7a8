import { describe, expect, test } from '@jest/globals';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import type { Bucket } from '../../lib/contracts/signals.ts';
import { judgeWatch, type WatchFacts } from '../../lib/domain/watch/judge-watch.ts';
import { aBucket, anAlarm, aWatch, now } from '../support/builders.ts';

/** Buckets of one slot, ten seconds apart, from `now` on. */
const series = (slot: 'blue' | 'green', ...counts: [requests: number, failures: number][]): Bucket[] =>
  counts.map(([requests, failures], index) =>
    aBucket({ slot, start: plusSeconds(now, index * 10), requests, failures }),
  );

const good: [number, number][] = [
  [200, 0],
  [200, 0],
  [200, 0],
];

/** Thirty seconds after a switch that had to hold for twenty, all well. */
const facts = (changes: Partial<WatchFacts> = {}): WatchFacts => ({
  policy: aWatch(),
  newSlot: 'green',
  baseline: [aBucket({ slot: 'blue', requests: 3000, failures: 1 })],
  buckets: [...series('green', ...good), ...series('blue', ...good)],
  firstShiftAt: now,
  switchedAt: now,
  holdSeconds: 20,
  now: plusSeconds(now, 30),
  alarms: [anAlarm()],
  ...changes,
});

describe('a release passes', () => {
  test('when it held and is healthy', () => {
    expect(judgeWatch(facts())).toMatchObject({ decision: 'pass', verdict: 'healthy' });
  });

  test('not before it held', () => {
    expect(judgeWatch(facts({ holdSeconds: 31 }))).toMatchObject({ decision: 'watch' });
  });

  test('never for want of traffic: at the deadline it is undone', () => {
    const quiet = facts({ buckets: series('green', [0, 0], [0, 0], [0, 0]) });
    expect(judgeWatch(quiet)).toMatchObject({ decision: 'watch', verdict: 'inconclusive' });
    const policy = aWatch({ deadlineSeconds: 10 });
    expect(judgeWatch({ ...quiet, policy })).toMatchObject({ decision: 'undo', verdict: 'inconclusive' });
  });

  test('never with a gap in its series', () => {
    const [first, , third] = series('green', ...good) as [Bucket, Bucket, Bucket];
    expect(judgeWatch(facts({ buckets: [first, third] }))).toMatchObject({ decision: 'watch', verdict: 'error' });
  });
});

describe('a release is undone', () => {
  const bad: [number, number][] = [
    [20, 4],
    [20, 4],
    [20, 4],
  ];

  test('when it fails more than tolerated and more than the live slot, from the first bad bucket on', () => {
    const judged = judgeWatch(
      facts({ buckets: [...series('green', [20, 0], [20, 4], [20, 4]), ...series('blue', ...good)] }),
    );
    expect(judged).toMatchObject({ decision: 'undo', verdict: 'unhealthy', firstBadAt: plusSeconds(now, 10) });
  });

  test('not before one whole window after the switch, whatever is seen', () => {
    const early = facts({ buckets: series('green', [20, 20]), now: plusSeconds(now, 9) });
    expect(judgeWatch(early)).toMatchObject({ decision: 'watch', verdict: 'unhealthy' });
  });

  test('not for a fault that the live slot shows as well', () => {
    const shared = facts({ buckets: [...series('green', ...bad), ...series('blue', [200, 40], [200, 40], [200, 40])] });
    expect(judgeWatch(shared)).toMatchObject({ decision: 'watch', verdict: 'inconclusive' });
  });

  test('when a guarding alarm fires', () => {
    expect(judgeWatch(facts({ alarms: [anAlarm({ state: 'alarm' })] }))).toMatchObject({
      decision: 'undo',
      verdict: 'unhealthy',
    });
  });

  test('when it is too slow in a bucket of enough requests', () => {
    const slow = series('green', ...good).map((bucket) => ({ ...bucket, p95Ms: 900 }));
    expect(judgeWatch(facts({ buckets: slow }))).toMatchObject({ decision: 'undo', verdict: 'unhealthy' });
  });

  test('its first bad bucket starts no earlier than its traffic', () => {
    const firstShiftAt = plusSeconds(now, 4);
    expect(judgeWatch(facts({ firstShiftAt, buckets: series('green', ...bad) })).firstBadAt).toBe(firstShiftAt);
  });
});
