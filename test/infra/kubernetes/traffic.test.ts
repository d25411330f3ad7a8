import { describe, expect, test } from '@jest/globals';

// As the pod runs it: JavaScript, without types.
const script = '../../../k8s/base/traffic/scripts/counts.mjs';
const { growth, latencies, pointsOf } = await import(script);

const series = (value: number, labels: Record<string, string> = {}) => ({
  metric: { job: 'shop', slot: 'blue', code: '200', ...labels },
  value: [0, String(value)],
});

describe('growth', () => {
  const grew = (before: object[], after: object[]) => growth(before, after).map(({ by }: { by: number }) => by);
  test('is what was added', () => expect(grew([series(5)], [series(12)])).toEqual([7]));
  test('of a new series is all of it', () => expect(grew([], [series(3)])).toEqual([3]));
  test('of a process that began again is what it shows', () => expect(grew([series(5)], [series(2)])).toEqual([2]));
  test('knows series by their labels', () =>
    expect(grew([series(5), series(1, { code: '500' })], [series(2, { code: '500' }), series(5)])).toEqual([1, 0]));
});

test('latencies are upper borders, in milliseconds, as often as requests were between two', () => {
  const grown = [
    ['0.1', 4],
    ['0.5', 7],
    ['+Inf', 8],
  ].map(([le, by]) => ({ labels: { le }, by }));
  expect(latencies(grown)).toEqual([
    { value: 100, count: 4 },
    { value: 500, count: 3 },
    { value: 1000, count: 1 },
  ]);
});

describe('points', () => {
  const counted = { labels: { job: 'shop', slot: 'blue', code: '503' }, by: 2 };
  const points = (reached: string[]) =>
    pointsOf({ services: ['shop'], reached, requests: [counted], durations: [], timestamp: new Date(0) });
  test('of a slot without requests are zeros', () =>
    expect(points(['shop']).map(({ name, slot, value }: Record<string, unknown>) => [name, slot, value])).toEqual([
      ['Requests', 'blue', 2],
      ['Failures', 'blue', 2],
      ['Requests', 'green', 0],
      ['Failures', 'green', 0],
    ]));
  test('of a service that nobody reaches are none', () => expect(points([])).toEqual([]));
  test('of a service that counts nothing are none', () => {
    const counts = { services: ['shop'], reached: ['shop'], requests: [], durations: [], timestamp: new Date(0) };
    expect(pointsOf(counts)).toEqual([]);
  });
});
