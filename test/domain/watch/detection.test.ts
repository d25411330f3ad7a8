import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { againstTolerated } from '../../../lib/domain/watch/against-tolerated.ts';
import { describeDetection, statedDetection } from '../../../lib/domain/watch/detection.ts';
import { moreThanLive } from '../../../lib/domain/watch/sequential.ts';
import { aWatch } from '../../support/builders.ts';
import { shareCrossing } from './simulation.ts';

const unlimited = aWatch({ toleratedErrorRate: 0.001, alpha: 0.001, minimumRequests: 1_000_000 });
const stated = (rate: number, share: number, requestsPerSecond = 10) =>
  statedDetection(unlimited, { requestsPerSecond, share }).find(({ errorRate }) => errorRate === rate)?.requests ?? 0;

describe('the stated detection', () => {
  test.each([
    [0.05, 0.1],
    [0.2, 0.1],
    [0.2, 0.5],
  ])(
    'of %d errors at a share of %d is what the test needs: half again as many requests show them mostly',
    (rate, share) => {
      const newPerSecond = 10;
      const seconds = Math.ceil((stated(rate, share) * 1.5) / newPerSecond / 10) * 10;
      const livePerSecond = Math.round((newPerSecond * (1 - share)) / share);
      const second = () => ({ newPerSecond, livePerSecond, newRate: rate, liveRate: 0.001 });
      const seen = shareCrossing({ runs: 50, seconds, second }, ({ pairs }) => {
        const evidence = [
          againstTolerated(
            pairs.map((pair) => pair.new),
            0.001,
          ),
          moreThanLive({ pairs, stage: { pairs, share }, baseline: { requests: 3000, failures: 3 } }, 0.001),
        ];
        return Math.min(...evidence) >= Math.log(1000);
      });
      expect(seen).toBeGreaterThan(0.75);
    },
  );

  test('is never under what Wald showed to be the least', () => {
    expect(stated(0.01, 0.05)).toBeGreaterThan(482);
    expect(stated(0.05, 0.05)).toBeGreaterThan(46);
  });

  test('is never under one window', () => {
    const seconds = statedDetection(aWatch(), { requestsPerSecond: 1000, share: 0.5 }).map(
      (detection) => detection.seconds,
    );
    expect(seconds).toEqual([10, 10, 10, 10]);
  });

  test.each([undefined, 0])('has no time without traffic (%p)', (requestsPerSecond) => {
    const detections = statedDetection(aWatch(), { requestsPerSecond, share: 1 });
    expect(detections.map(({ seconds }) => seconds)).toEqual(detections.map(() => null));
    expect(detections.length).toBeGreaterThan(0);
  });

  test('leaves out what is tolerated', () => {
    const policy = aWatch({ toleratedErrorRate: 0.02, worstErrorRate: 0.1 });
    const rates = statedDetection(policy, { requestsPerSecond: 10, share: 0.5 }).map(({ errorRate }) => errorRate);
    expect(rates).not.toContain(0.01);
  });

  test('counts a fixed limit, which may be faster', () => {
    const limited = { ...unlimited, minimumRequests: 30, limits: { errorRate: 0.05, p95Ms: 1, p99Ms: 1 } };
    const [, , twenty] = statedDetection(limited, { requestsPerSecond: 10, share: 0.5 });
    expect(twenty).toMatchObject({ errorRate: 0.2, requests: 30 });
  });

  test('reads as a sentence', () => {
    const detections = [
      { errorRate: 0.01, requests: 650, seconds: 65 },
      { errorRate: 0.2, requests: 20, seconds: null },
    ];
    expect(describeDetection(detections)).toBe(
      'errors are seen at 1 % after about 650 requests (65 s), at 20 % after about 20 requests (no traffic now)',
    );
    expect(describeDetection([])).toMatch(/no error rate/);
  });
});

test.each([0.01, 0.05, 0.2, 1])('docs/watching.md states the requests for %d errors that the code states', (rate) => {
  const figures = [0.05, 0.25, 0.5, 1].map((share) => stated(rate, share)).join(' | ');
  expect(readFileSync('docs/watching.md', 'utf8')).toContain(`| ${rate * 100} % | ${figures} |`);
});
