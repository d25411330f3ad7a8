import { describe, expect, test } from '@jest/globals';
import { type Instant, plusSeconds, secondsBetween } from '../../lib/contracts/instant.ts';
import type { Slot } from '../../lib/contracts/names.ts';
import { type Alarm, type Bucket, bucketSeconds, bucketStart } from '../../lib/contracts/signals.ts';
import type { HealthSignals } from '../../lib/ports/health-signals.ts';

export type SignalsWorld = {
  port: HealthSignals;
  /** A service that has served nothing yet. */
  service: string;
  now(): Instant;
  /** The slot answers that many requests, of which some fail. Returns once they can be seen. */
  serve(slot: Slot, requests: number, failures: number): Promise<void>;
  /** The world has this alarm from now on. */
  setAlarm(alarm: Alarm): Promise<void>;
};

const sum = (buckets: Bucket[], slot: Slot, field: 'requests' | 'failures') =>
  buckets.filter((bucket) => bucket.slot === slot).reduce((total, bucket) => total + bucket[field], 0);

/** From the bucket in which the test began to the end of the one that is filling. */
const since = ({ port, service, now }: SignalsWorld, from: Instant) =>
  port.buckets(service, bucketStart(from), plusSeconds(bucketStart(now()), bucketSeconds));

type Make = () => Promise<SignalsWorld>;

/** The whole contract. Its parts are for an implementation whose outside knows only some of them. */
export const describeSignals = (name: string, make: Make): void => {
  describeCounts(name, make);
  describeLatencies(name, make);
  describeAlarms(name, make);
};

export const describeCounts = (name: string, make: Make): void => {
  describe(`HealthSignals, counts: ${name}`, () => {
    test('without traffic every bucket of both slots is there, as a zero, in order', async () => {
      const { port, service, now } = await make();
      const to = bucketStart(now());
      const from = plusSeconds(to, -60);
      const starts = [0, 10, 20, 30, 40, 50].map((seconds) => plusSeconds(from, seconds));
      const zero = { requests: 0, failures: 0 };
      const expected = starts.flatMap((start) => [
        { start, slot: 'blue', ...zero },
        { start, slot: 'green', ...zero },
      ]);
      expect(await port.buckets(service, from, to)).toEqual(expected);
    });

    test('only buckets that start in the range are given', async () => {
      const { port, service, now } = await make();
      const to = bucketStart(now());
      const buckets = await port.buckets(service, plusSeconds(to, -25), plusSeconds(to, -5));
      expect(buckets.map(({ start }) => secondsBetween(start, to))).toEqual([20, 20, 10, 10]);
    });

    test('an empty range has no buckets', async () => {
      const { port, service, now } = await make();
      expect(await port.buckets(service, now(), now())).toEqual([]);
    });

    test('requests and failures are counted for the slot that served them', async () => {
      const world = await make();
      const from = world.now();
      await world.serve('green', 20, 5);
      await world.serve('blue', 7, 0);
      const buckets = await since(world, from);
      expect([sum(buckets, 'green', 'requests'), sum(buckets, 'green', 'failures')]).toEqual([20, 5]);
      expect([sum(buckets, 'blue', 'requests'), sum(buckets, 'blue', 'failures')]).toEqual([7, 0]);
    });
  });
};

export const describeLatencies = (name: string, make: Make): void => {
  describe(`HealthSignals, latencies: ${name}`, () => {
    test('a bucket with requests says how slow they were', async () => {
      const world = await make();
      const from = world.now();
      await world.serve('green', 20, 0);
      const served = (await since(world, from)).filter(({ requests }) => requests > 0);
      expect(served.length).toBeGreaterThan(0);
      for (const { p95Ms = -1, p99Ms = -1 } of served) {
        expect(p95Ms).toBeGreaterThanOrEqual(0);
        expect(p99Ms).toBeGreaterThanOrEqual(p95Ms);
      }
    });
  });
};

export const describeAlarms = (name: string, make: Make): void => {
  describe(`HealthSignals, alarms: ${name}`, () => {
    test('alarms are given in the order of their names', async () => {
      const { port, setAlarm } = await make();
      const alarms: Alarm[] = [
        { name: 'shop-errors', state: 'ok', acts: true },
        { name: 'shop-latency', state: 'alarm', acts: true },
        { name: 'shop-muted', state: 'ok', acts: false },
      ];
      for (const alarm of alarms) await setAlarm(alarm);
      expect(await port.alarms(['shop-latency', 'shop-muted', 'shop-errors'])).toEqual([
        alarms[1],
        alarms[2],
        alarms[0],
      ]);
    });

    test('an alarm that does not exist knows nothing and does not act', async () => {
      const { port } = await make();
      expect(await port.alarms(['shop-nowhere'])).toEqual([
        { name: 'shop-nowhere', state: 'insufficient-data', acts: false },
      ]);
    });

    test('of those that fire it is known since when', async () => {
      const { port, setAlarm, now } = await make();
      const before = now();
      await setAlarm({ name: 'shop-fires', state: 'alarm', acts: true });
      await setAlarm({ name: 'shop-quiet', state: 'ok', acts: true });
      const firing = await port.firing();
      const since = firing.find(({ name }) => name === 'shop-fires')?.since ?? '';
      // Some know whole seconds only.
      expect(since >= plusSeconds(before, -1) && since <= plusSeconds(now(), 1)).toBe(true);
      expect(firing.map(({ name }) => name)).not.toContain('shop-quiet');
    });

    test('no names, no alarms', async () => {
      const { port } = await make();
      expect(await port.alarms([])).toEqual([]);
    });
  });
};
