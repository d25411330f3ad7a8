import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scaledClock, VirtualClock } from '../../twin/engine/index.ts';

describe('virtual time', () => {
  test('fires timers in the order of their instants, and first come first served among equals', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20)), async (instants) => {
        const clock = new VirtualClock();
        const fired: [number, number][] = [];
        for (const [order, instant] of instants.entries()) clock.at(instant, () => fired.push([instant, order]));
        await clock.run();

        const expected = instants
          .map((instant, order): [number, number] => [instant, order])
          .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(fired).toEqual(expected);
      }),
    );
  });

  test('never fires what was cancelled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(20), fc.boolean())), async (timers) => {
        const clock = new VirtualClock();
        let fired = 0;
        for (const [instant, cancelled] of timers) {
          const cancel = clock.at(instant, () => (fired += 1));
          if (cancelled) cancel();
        }
        await clock.run();

        expect(fired).toBe(timers.filter(([, cancelled]) => !cancelled).length);
      }),
    );
  });

  test('lets promises settle before it moves on', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const settle = async () => {
      await Promise.resolve();
      await null;
      seen.push(`settled at ${clock.now()}`);
    };
    clock.at(10, () => void settle());
    clock.at(20, () => seen.push('twenty'));
    await clock.run();

    expect(seen).toEqual(['settled at 10', 'twenty']);
  });

  test('stops at an instant, and stands there', async () => {
    const clock = new VirtualClock(1000);
    let fired = 0;
    clock.at(2000, () => (fired += 1));
    clock.at(4000, () => (fired += 1));
    await clock.run({ untilMs: 3000 });

    expect([clock.now(), fired]).toEqual([3000, 1]);
  });

  test('stops when a condition holds', async () => {
    const clock = new VirtualClock();
    let fired = 0;
    for (const instant of [1, 2, 3]) clock.at(instant, () => (fired += 1));
    await clock.run({ until: () => fired === 2 });

    expect(clock.now()).toBe(2);
  });
});

describe('scaled time', () => {
  test('passes as many times faster as was asked', async () => {
    const clock = scaledClock(1000);
    const begin = clock.now();
    await new Promise<void>((resolve) => clock.at(begin + 20_000, resolve));

    expect(clock.now() - begin).toBeGreaterThanOrEqual(20_000);
  });

  test.each([0, -1, Number.NaN])('refuses a factor of %d', (factor) => {
    expect(() => scaledClock(factor)).toThrow(`factor must be a number above 0, but was ${factor}`);
  });
});
