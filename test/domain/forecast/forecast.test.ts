import { describe, expect, test } from '@jest/globals';
import { adviceOf } from '../../../lib/domain/forecast/advice.ts';
import { forecastOf, type Series } from '../../../lib/domain/forecast/forecast.ts';
import { holtWinters, seasonalNaive } from '../../../lib/domain/forecast/holt-winters.ts';
import { halfWidth, measuredError } from '../../../lib/domain/forecast/measured-error.ts';
import { seriesOf } from '../../../lib/domain/forecast/series-of.ts';
import { seeded } from '../../support/seeded.ts';

const season = 24;
/** Made up: a day's wave that grows, with noise of a few requests. */
const wave = (slots: number, { growth = 0, noise = 0 } = {}): number[] => {
  const random = seeded(7);
  return Array.from({ length: slots }, (_, at) => {
    const day = 1000 + 500 * Math.sin((2 * Math.PI * at) / season);
    return Math.max(0, day + growth * at + noise * (random() - 0.5));
  });
};
const series = (counts: readonly number[]): Series => ({
  from: '2026-05-01T00:00:00.000Z',
  slotSeconds: 3600,
  season,
  counts,
});

describe('Holt-Winters', () => {
  test('a wave that repeats is forecast as it comes', () => {
    const all = wave(8 * season);
    const meant = holtWinters(all.slice(0, 7 * season), season, season);
    for (const [slot, value] of meant.entries()) expect(value).toBeCloseTo(all[7 * season + slot] ?? 0, 0);
  });

  test('one that grows is followed better than by the day before', () => {
    const all = wave(7 * season, { growth: 2, noise: 20 });
    const [model, naive] = [holtWinters, seasonalNaive].map((method) => measuredError(all, season, method));
    expect(model?.mean).toBeLessThan((naive?.mean ?? 0) / 2);
    expect(model?.mase).toBeLessThan(0.5);
  });
});

describe('the measured error', () => {
  test('is nothing for what repeats, and has no scale then', () => {
    const { mase, mapePercent, errors } = measuredError(wave(4 * season), season, seasonalNaive);
    expect(mapePercent).toBeCloseTo(0);
    expect(mase === null || mase < 10).toBe(true);
    expect(errors).toHaveLength(2 * season);
  });
  test('is reckoned by hand: always 2 beside 10', () => {
    const counts = Array.from({ length: 30 }, (_, at) => (at < 20 ? 10 : 12));
    expect(measuredError(counts, 10, seasonalNaive)).toMatchObject({ mean: 2, mapePercent: 100 / 6 });
  });
  test('nine in ten need at least nine errors', () => {
    expect(halfWidth([1, 2, 3, 4, 5, 6, 7, 8], 0.9)).toBeUndefined();
    expect(halfWidth([9, 1, 2, 3, 4, 5, 6, 7, 8], 0.9)).toBe(9);
  });
});

describe('a forecast', () => {
  test('tells of the next season, with bounds, and by which method', () => {
    const found = forecastOf(series(wave(5 * season, { growth: 2, noise: 20 })));
    expect(found?.method).toBe('holt-winters');
    expect(found?.expected).toHaveLength(season);
    expect(found?.expected[0]?.at).toBe('2026-05-06T00:00:00.000Z');
    expect(found?.anomaly).toBeNull();
  });
  test('what falls out of its bounds is an anomaly, and is told with them', () => {
    const counts = wave(5 * season, { noise: 20 });
    const found = forecastOf(series([...counts.slice(0, -1), 5000]));
    expect(found?.anomaly).toMatchObject({ came: 5000, at: '2026-05-05T23:00:00.000Z' });
  });
  test('too little to measure an error by is no forecast', () => {
    expect(forecastOf(series(wave(3 * season)))).toBeUndefined();
    expect(forecastOf({ ...series(wave(100)), season: 9 })).toBeUndefined();
  });
});

describe('advice', () => {
  const expected = [10, 30, 20].map((rate, hour) => ({
    at: `2026-05-06T0${hour}:00:00.000Z`,
    count: rate * 3600,
    low: 0,
    high: rate * 3600,
  }));
  const capacity = { slotSeconds: 3600, requestsPerPod: 5, floor: 3 };
  test('is as many pods as the highest bound needs, before the first slot that needs more', () => {
    expect(adviceOf('shop', expected, capacity)).toMatchObject({ to: 6, before: '2026-05-06T01:00:00.000Z' });
    expect(adviceOf('shop', expected, capacity)?.says).toContain('raise the floor of shop to 6 before 01:00 UTC');
  });
  test('is nothing when the floor is enough', () => {
    expect(adviceOf('shop', expected, { ...capacity, floor: 6 })).toBeNull();
  });
});

test('a series begins with the first whole slot that anybody was there', () => {
  const at = (minute: number) => `2026-05-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
  const buckets = [12, 21, 22, 33].map((minute) => ({ start: at(minute), requests: minute }));
  const range = { from: at(0), to: at(45), slotSeconds: 600, season: 24 };
  expect(seriesOf(buckets, range)).toMatchObject({ from: at(20), counts: [43, 33] });
  expect(seriesOf([], range).counts).toEqual([]);
});
