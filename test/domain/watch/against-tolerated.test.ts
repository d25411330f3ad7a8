import { describe, expect, test } from '@jest/globals';
import { againstTolerated, againstWorst, logRatio } from '../../../lib/domain/watch/against-tolerated.ts';
import { total } from '../../../lib/domain/watch/counts.ts';
import { binomialBound, shareCrossing } from './simulation.ts';

const runs = 300;
const steady = (newRate: number) => () => ({ newPerSecond: 50, livePerSecond: 0, newRate, liveRate: 0 });

describe("Wald's mean sample sizes for alpha 0.001 and beta 0.01", () => {
  const [alpha, beta, tolerated] = [0.001, 0.01, 0.001];
  const [bad, good] = [Math.log((1 - beta) / alpha), Math.log(beta / (1 - alpha))];

  test.each([
    [0.05, 46],
    [0.2, 8],
    [0.01, 482],
  ])('follow from our likelihood ratio: from 0.1 % to %d about %d requests', (rate, requests) => {
    const gainPerRequest = logRatio({ requests: 1, failures: rate }, rate, tolerated);
    expect(Math.round(((1 - beta) * bad + beta * good) / gainPerRequest)).toBe(requests);
  });
});

describe('with a look every second', () => {
  test.each([0.001, 0.01, 0.05])(
    'a release that fails at the tolerated rate of %d is hardly ever called bad',
    (rate) => {
      const alpha = 0.05;
      const share = shareCrossing({ runs, seconds: 60, second: steady(rate) }, ({ pairs }) => {
        const counts = pairs.map((pair) => pair.new);
        return againstTolerated(counts, rate) >= Math.log(1 / alpha);
      });
      expect(share).toBeLessThanOrEqual(binomialBound(alpha, runs));
    },
  );

  test('a release that fails at the worst rate is hardly ever called fine', () => {
    const beta = 0.05;
    const share = shareCrossing({ runs, seconds: 60, second: steady(0.02) }, ({ pairs }) => {
      const counts = total(pairs.map((pair) => pair.new));
      return againstWorst(counts, 0.001, 0.02) >= Math.log(1 / beta);
    });
    expect(share).toBeLessThanOrEqual(binomialBound(beta, runs));
  });

  test('a fault of 5 % is seen in every run, and a good release is called fine in every run', () => {
    const alpha = 0.001;
    const seen = shareCrossing({ runs: 50, seconds: 30, second: steady(0.05) }, ({ pairs }) => {
      const counts = pairs.map((pair) => pair.new);
      return againstTolerated(counts, 0.001) >= Math.log(1 / alpha);
    });
    const fine = shareCrossing({ runs: 50, seconds: 60, second: steady(0.001) }, ({ pairs }) => {
      const counts = total(pairs.map((pair) => pair.new));
      return againstWorst(counts, 0.001, 0.02) >= Math.log(1 / 0.01);
    });
    expect({ seen, fine }).toEqual({ seen: 1, fine: 1 });
  });
});

describe('a fault that begins late', () => {
  const good = Array.from({ length: 360 }, () => ({ requests: 500, failures: 0 }));

  test('is seen at once, however long all was well before', () => {
    const late = [...good, { requests: 50, failures: 10 }];
    expect(againstTolerated(late, 0.001)).toBeGreaterThan(Math.log(1000));
    expect(againstTolerated([total(late)], 0.001)).toBeLessThan(0);
  });
});

test('nothing seen is no evidence', () => {
  expect(againstTolerated([], 0.001)).toBeLessThanOrEqual(0);
  expect(againstTolerated([{ requests: 0, failures: 0 }], 0.5)).toBeLessThanOrEqual(0);
});
