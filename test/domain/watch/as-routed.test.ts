import { describe, expect, test } from '@jest/globals';
import { asRouted } from '../../../lib/domain/watch/as-routed.ts';
import { binomialBound, shareCrossing } from './simulation.ts';

const runs = 300;
const alpha = 0.05;
const share = 0.25;
/** Forty requests per second, a quarter of them to the new slot. */
const routed = { newPerSecond: 10, livePerSecond: 30 };

describe('by the written weight, with a look every second', () => {
  test('a fault that comes over both slots, and goes, is hardly ever blamed on the new one', () => {
    const blamed = shareCrossing(
      {
        runs,
        seconds: 60,
        second: (at, seed) => {
          const rate = at >= seed % 30 && at < (seed % 30) + 20 ? 0.3 : 0.001;
          return { ...routed, newRate: rate, liveRate: rate };
        },
      },
      ({ pairs }) => asRouted(pairs, share) >= Math.log(1 / alpha),
    );
    expect(blamed).toBeLessThanOrEqual(binomialBound(alpha, runs));
  });

  test('traffic that has not all moved yet speaks for the new slot, not against it', () => {
    const blamed = shareCrossing(
      {
        runs,
        seconds: 20,
        second: (at) => ({
          newPerSecond: Math.min(at, 10),
          livePerSecond: 40 - Math.min(at, 10),
          newRate: 0.3,
          liveRate: 0.3,
        }),
      },
      ({ pairs }) => asRouted(pairs, share) >= Math.log(1 / alpha),
    );
    expect(blamed).toBeLessThanOrEqual(binomialBound(alpha, runs));
  });

  test('a fault of the new slot is seen before its bucket is over', () => {
    const seen = shareCrossing(
      { runs: 50, seconds: 9, second: () => ({ ...routed, newRate: 0.2, liveRate: 0.001 }) },
      ({ pairs }) => asRouted(pairs, share) >= Math.log(1000),
    );
    expect(seen).toBeGreaterThan(0.9);
  });

  test('says nothing where all traffic is on the new slot', () => {
    expect(
      asRouted([{ closed: true, new: { requests: 100, failures: 50 }, live: { requests: 0, failures: 0 } }], 1),
    ).toBeLessThanOrEqual(0);
  });
});
