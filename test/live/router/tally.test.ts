import { expect, test } from '@jest/globals';
import { fromMs } from '../../../lib/contracts/instant.ts';
import { createTally } from '../../../twin/live/router/tally.ts';

const start = Date.UTC(2026, 4, 1, 10, 0, 0);
const second = 1000;

const tallyAt = (earlier: Parameters<typeof createTally>[1] = []) => {
  let nowMs = start;
  const tally = createTally(() => nowMs, earlier);
  const at = (seconds: number) => {
    nowMs = start + seconds * second;
  };
  return { tally, at };
};

test('a bucket without traffic is a zero for each slot', () => {
  const { tally, at } = tallyAt();
  at(15);
  expect(tally.read(start, start + 20 * second)).toEqual([
    { start: fromMs(start), slot: 'blue', requests: 0, failures: 0 },
    { start: fromMs(start), slot: 'green', requests: 0, failures: 0 },
    { start: fromMs(start + 10 * second), slot: 'blue', requests: 0, failures: 0 },
    { start: fromMs(start + 10 * second), slot: 'green', requests: 0, failures: 0 },
  ]);
});

test('only buckets that start in the asked time are told', () => {
  const { tally } = tallyAt();
  const starts = tally.read(start + 1, start + 20 * second).map((bucket) => bucket.start);
  expect(new Set(starts)).toEqual(new Set([fromMs(start + 10 * second)]));
});

test('requests, failures and latency belong to the ten seconds of their answer', () => {
  const { tally, at } = tallyAt();
  for (let ms = 1; ms <= 100; ms += 1) tally.count('green', ms, ms > 98);
  at(10);
  tally.count('green', 7, false);
  const [first, second_] = tally.read(start, start + 20 * second).filter(({ slot }) => slot === 'green');
  expect(first).toMatchObject({ requests: 100, failures: 2 });
  expect(first?.p95Ms).toBeGreaterThan(94);
  expect(first?.p95Ms).toBeLessThan(97);
  expect(second_).toMatchObject({ requests: 1, failures: 0 });
});

test('a closed bucket is handed out once, for keeping', () => {
  const { tally, at } = tallyAt();
  tally.count('blue', 3, false);
  expect(tally.closed()).toEqual([]);
  at(10);
  expect(tally.closed()).toMatchObject([{ start: fromMs(start), slot: 'blue', requests: 1 }]);
  expect(tally.closed()).toEqual([]);
});

test('a bucket that two routers counted is the sum, with the worse latency', () => {
  const part = { start: fromMs(start), slot: 'blue', requests: 5, failures: 1, p95Ms: 2, p99Ms: 9 } as const;
  const { tally } = tallyAt([part, { ...part, p95Ms: 4, p99Ms: 5 }]);
  tally.count('blue', 1, true);
  const [bucket] = tally.read(start, start + 1);
  expect(bucket).toEqual({ ...part, requests: 11, failures: 3, p95Ms: 4, p99Ms: 9 });
  expect(tally.flushed()).toMatchObject([{ requests: 1, failures: 1 }]);
});

test('what was kept by an earlier router is told again', () => {
  const kept = { start: fromMs(start), slot: 'blue', requests: 5, failures: 1, p95Ms: 2, p99Ms: 3 } as const;
  const { tally, at } = tallyAt([kept]);
  at(30);
  expect(tally.read(start, start + 10 * second)[0]).toEqual(kept);
});
