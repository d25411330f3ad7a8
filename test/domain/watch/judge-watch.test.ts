import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plusSeconds } from '../../../lib/contracts/instant.ts';
import type { Bucket } from '../../../lib/contracts/signals.ts';
import { judgeWatch, type WatchFacts } from '../../../lib/domain/watch/judge-watch.ts';
import { aBucket, anAlarm, aWatch, now } from '../../support/builders.ts';

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

const bad: [number, number][] = [
  [20, 4],
  [20, 4],
  [20, 4],
];
const goodBlue = series('blue', ...good);

/** Thirty seconds after a switch that had to hold for twenty, all well. */
const facts = (changes: Partial<WatchFacts> = {}): WatchFacts => ({
  policy: aWatch(),
  newSlot: 'green',
  baseline: [aBucket({ slot: 'blue', requests: 3000, failures: 1 })],
  buckets: [...series('green', ...good), ...series('blue', ...good)],
  firstShiftAt: now,
  switchedAt: now,
  weight: 50,
  holdSeconds: 20,
  now: plusSeconds(now, 30),
  alarms: [anAlarm()],
  ...changes,
});

describe('a release passes', () => {
  test('when it held and is healthy', () => {
    expect(judgeWatch(facts())).toMatchObject({ decision: 'pass', verdict: 'healthy' });
  });

  test('not before it held, and asks for no more requests once it is healthy', () => {
    expect(judgeWatch(facts({ holdSeconds: 31 }))).toMatchObject({ decision: 'watch', wantsRequests: false });
  });

  test('without requests of our own while users send enough', () => {
    const young = { buckets: [...series('green', [120, 0]), ...series('blue', [200, 0])], now: plusSeconds(now, 9) };
    expect(judgeWatch(facts(young))).toMatchObject({ decision: 'watch', wantsRequests: false });
  });

  test('not before one whole window after its own switch', () => {
    const stage = { switchedAt: plusSeconds(now, 21), holdSeconds: 0 };
    expect(judgeWatch(facts(stage)).decision).toBe('watch');
  });

  test('never for want of traffic: it asks for requests, and at the deadline it is undone', () => {
    const quiet = facts({ buckets: [...series('green', [0, 0], [0, 0], [0, 0]), ...goodBlue] });
    expect(judgeWatch(quiet)).toMatchObject({ decision: 'watch', verdict: 'inconclusive', wantsRequests: true });
    const policy = aWatch({ deadlineSeconds: 10 });
    expect(judgeWatch({ ...quiet, policy })).toMatchObject({
      decision: 'undo',
      verdict: 'inconclusive',
      reason: expect.stringMatching(/^watch inconclusive at its deadline/),
    });
  });

  test('when it held late, at the deadline itself', () => {
    const policy = aWatch({ deadlineSeconds: 10 });
    expect(judgeWatch(facts({ policy })).decision).toBe('pass');
  });

  test('never with a gap in the series of either slot', () => {
    const whole = facts().buckets;
    for (const lost of whole) {
      const buckets = whole.filter((bucket) => bucket !== lost);
      expect(judgeWatch(facts({ buckets }))).toMatchObject({ decision: 'watch', verdict: 'error' });
    }
  });

  test('never without buckets from before the shift', () => {
    expect(judgeWatch(facts({ baseline: [] }))).toMatchObject({ decision: 'watch', verdict: 'error' });
  });

  test('never while an alarm has no data', () => {
    const alarms = [anAlarm({ state: 'insufficient-data' })];
    expect(judgeWatch(facts({ alarms }))).toMatchObject({ decision: 'watch', verdict: 'inconclusive' });
  });

  test('never when latency was not measured', () => {
    const blind = series('green', ...good).map(({ p95Ms: _, ...bucket }) => bucket);
    expect(judgeWatch(facts({ buckets: [...blind, ...goodBlue] }))).toMatchObject({
      decision: 'watch',
      verdict: 'inconclusive',
    });
  });

  test('only on what this stage answered: good answers from before the switch do not count', () => {
    const early = series('green', [9000, 0], [9000, 0], [20, 0]);
    const stage = { buckets: [...early, ...goodBlue], switchedAt: plusSeconds(now, 13), holdSeconds: 10 };
    expect(judgeWatch(facts(stage))).toMatchObject({ decision: 'watch', verdict: 'inconclusive' });
  });
});

describe('a release is undone', () => {
  test('when it fails more than tolerated and more than the live slot, from the first bad bucket on', () => {
    const judged = judgeWatch(facts({ buckets: [...series('green', [20, 0], [20, 4], [20, 4]), ...goodBlue] }));
    expect(judged).toMatchObject({ decision: 'undo', verdict: 'unhealthy', firstBadAt: plusSeconds(now, 10) });
  });

  test('at once after a later switch, for what was seen before it', () => {
    const stage = { switchedAt: plusSeconds(now, 29), buckets: [...series('green', ...bad), ...goodBlue] };
    expect(judgeWatch(facts(stage))).toMatchObject({ decision: 'undo', verdict: 'unhealthy', firstBadAt: now });
  });

  test('not before one whole window after the first shift, whatever is seen', () => {
    const early = { buckets: [...series('green', [200, 200]), ...series('blue', [200, 0])], now: plusSeconds(now, 9) };
    expect(judgeWatch(facts(early))).toMatchObject({ decision: 'watch', verdict: 'unhealthy' });
    expect(judgeWatch(facts({ ...early, now: plusSeconds(now, 10) })).decision).toBe('undo');
  });

  test('not by the sequential test for a fault that the live slot shows as well', () => {
    const policy = aWatch({ minimumRequests: 1000 });
    const shared = [...series('green', ...bad), ...series('blue', [200, 40], [200, 40], [200, 40])];
    expect(judgeWatch(facts({ policy, buckets: shared }))).toMatchObject({
      decision: 'watch',
      verdict: 'inconclusive',
    });
  });

  test('for errors over the fixed limit, also when the live slot fails alike: the release may be what harms it', () => {
    const shared = [...series('green', ...bad), ...series('blue', [200, 40], [200, 40], [200, 40])];
    expect(judgeWatch(facts({ buckets: shared }))).toMatchObject({ decision: 'undo', verdict: 'unhealthy' });
  });

  test('also with a gap in its series', () => {
    const buckets = [...series('green', ...bad), ...series('blue', [200, 0], [200, 0])];
    expect(judgeWatch(facts({ buckets }))).toMatchObject({ decision: 'undo', verdict: 'unhealthy' });
  });

  test('when it fails more than tolerated and there never was traffic to compare with', () => {
    const policy = aWatch({ minimumRequests: 1000 });
    const nothing = series('blue', [0, 0], [0, 0], [0, 0]);
    const judged = judgeWatch(facts({ policy, baseline: nothing, buckets: [...series('green', ...bad), ...nothing] }));
    expect(judged).toMatchObject({ decision: 'undo', verdict: 'unhealthy' });
  });

  test('when a guarding alarm fires', () => {
    expect(judgeWatch(facts({ alarms: [anAlarm({ state: 'alarm' })] }))).toMatchObject({
      decision: 'undo',
      verdict: 'unhealthy',
    });
  });

  test.each(['p95Ms', 'p99Ms'])('when most of its newest requests lie in buckets over the limit for %s', (latency) => {
    const slow = series('green', ...good).map((bucket) => ({ ...bucket, [latency]: 60_000 }));
    expect(judgeWatch(facts({ buckets: [...slow, ...goodBlue] }))).toMatchObject({
      decision: 'undo',
      verdict: 'unhealthy',
    });
  });

  test('not for latency in a bucket of few requests beside many that were fast', () => {
    const [first, second, third] = series('green', [200, 0], [200, 0], [2, 0]) as [Bucket, Bucket, Bucket];
    const buckets = [first, second, { ...third, p95Ms: 60_000 }, ...goodBlue];
    expect(judgeWatch(facts({ buckets })).decision).toBe('pass');
  });

  test('its first bad bucket starts no earlier than its traffic', () => {
    const firstShiftAt = plusSeconds(now, 4);
    const buckets = [...series('green', ...bad), ...goodBlue];
    expect(judgeWatch(facts({ firstShiftAt, buckets })).firstBadAt).toBe(firstShiftAt);
  });
});

const count = fc.tuple(fc.nat({ max: 300 }), fc.nat({ max: 300 })).map(([a, b]): [number, number] => [a + b, b]);
const anyBuckets = fc
  .tuple(fc.array(count, { maxLength: 4 }), fc.array(count, { maxLength: 4 }))
  .map(([green, blue]) => [...series('green', ...green), ...series('blue', ...blue)]);

describe('whatever was counted', () => {
  test('the order in which buckets come changes nothing', () => {
    fc.assert(
      fc.property(anyBuckets, fc.infiniteStream(fc.nat()), (buckets, keys) => {
        const keyed = buckets.map((bucket) => ({ bucket, key: keys.next().value }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ bucket }) => bucket);
        expect(judgeWatch(facts({ buckets: shuffled }))).toEqual(judgeWatch(facts({ buckets })));
      }),
    );
  });

  test('a pass means that every check was healthy and the stage was held', () => {
    fc.assert(
      fc.property(anyBuckets, fc.nat({ max: 60 }), (buckets, seconds) => {
        const judged = judgeWatch(facts({ buckets, now: plusSeconds(now, seconds) }));
        if (judged.decision !== 'pass') return;
        expect(judged.checks.every(({ verdict }) => verdict === 'healthy')).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(20);
      }),
    );
  });

  test('the watch ends at its deadline', () => {
    const deadline = plusSeconds(now, 20 + aWatch().deadlineSeconds);
    fc.assert(
      fc.property(anyBuckets, (buckets) => {
        expect(judgeWatch(facts({ buckets, now: deadline })).decision).not.toBe('watch');
      }),
    );
  });
});
