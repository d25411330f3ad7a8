import { describe, expect, test } from '@jest/globals';
import { againstLive, type Pair } from '../../../lib/domain/watch/against-live.ts';
import { noCounts } from '../../../lib/domain/watch/counts.ts';
import { binomialBound, shareCrossing } from './simulation.ts';

const runs = 300;
const alpha = 0.05;
const tolerated = 0.001;
const enough = Math.log(1 / alpha);
const quietHistory = { requests: 20_000, failures: 10 };

describe('with a look every second', () => {
  test('a fault that comes over both slots is hardly ever blamed on the new one', () => {
    const share = shareCrossing(
      {
        runs,
        seconds: 90,
        // Traffic is shifted in steps and the shared fault begins somewhere in them: the hardest case for a comparison
        // of sums, because most of the live slot's requests were answered before the fault.
        second: (at, seed) => {
          const rate = at >= seed % 80 ? 0.3 : 0.001;
          const newPerSecond = at < 40 ? 2 : at < 80 ? 10 : 30;
          return { newPerSecond, livePerSecond: 40 - newPerSecond, newRate: rate, liveRate: rate };
        },
      },
      ({ pairs }) => againstLive(pairs, quietHistory, tolerated) >= enough,
    );
    expect(share).toBeLessThanOrEqual(binomialBound(alpha, runs));
  });

  test('a slot that serves alone and fails like the live one before it is hardly ever blamed', () => {
    const share = shareCrossing(
      {
        runs,
        seconds: 60,
        second: () => ({ newPerSecond: 20, livePerSecond: 0, newRate: 0.02, liveRate: 0 }),
        before: { requests: 2000, rate: 0.02 },
      },
      ({ pairs, baseline }) => againstLive(pairs, baseline, tolerated) >= enough,
    );
    expect(share).toBeLessThanOrEqual(binomialBound(alpha, runs));
  });

  test.each([
    ['beside the live slot', 10],
    ['alone', 0],
  ])('a fault of the new slot %s is seen in every run', (_, livePerSecond) => {
    const share = shareCrossing(
      {
        runs: 50,
        seconds: 60,
        second: () => ({ newPerSecond: 10, livePerSecond, newRate: 0.2, liveRate: 0.001 }),
      },
      ({ pairs }) => againstLive(pairs, quietHistory, tolerated) >= Math.log(1000),
    );
    expect(share).toBe(1);
  });
});

describe('one bucket', () => {
  const pair = (changes: Partial<Pair>): Pair => ({
    closed: true,
    new: { requests: 100, failures: 20 },
    live: { requests: 900, failures: 1 },
    ...changes,
  });

  test('speaks against a slot that fails far more', () => {
    expect(againstLive([pair({})], noCounts, tolerated)).toBeGreaterThan(Math.log(1000));
  });

  test('does not speak while it fills, because its share still changes', () => {
    expect(againstLive([pair({ closed: false })], noCounts, tolerated)).toBeLessThanOrEqual(0);
  });

  test('never speaks against a slot that fails less', () => {
    expect(againstLive([pair({ live: { requests: 900, failures: 600 } })], noCounts, tolerated)).toBeLessThan(0);
  });

  test('in which a straggler reached the live slot is compared with its history', () => {
    const alone = pair({ live: { requests: 1, failures: 1 } });
    expect(againstLive([alone], quietHistory, tolerated)).toBeGreaterThan(Math.log(1000));
  });
});
