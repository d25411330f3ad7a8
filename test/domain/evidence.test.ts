import { describe, expect, test } from '@jest/globals';
import { waldRequests } from '../../lib/domain/watch/detection.ts';
import { againstSameAsLive, againstTolerated, againstWorst } from '../../lib/domain/watch/evidence.ts';
import { seeded } from '../support/seeded.ts';

const tolerated = 0.001;
const alpha = 0.01;
const runs = 400;
const looks = 1000;

/**
 * Share of runs in which the evidence reaches 1/level at any of the looks: one after every request. Only those requests
 * are computed after which the evidence can have risen: failures for evidence of bad, successes for evidence of good.
 */
const shareOver = (
  level: number,
  rate: number,
  risesOn: 'failure' | 'success',
  evidence: (requests: number, failures: number) => number,
): number => {
  const random = seeded(42);
  let over = 0;
  for (let run = 0; run < runs; run++) {
    let failures = 0;
    for (let requests = 1; requests <= looks; requests++) {
      const failed = random() < rate;
      if (failed) failures++;
      if (failed !== (risesOn === 'failure')) continue;
      if (evidence(requests, failures) >= Math.log(1 / level)) {
        over++;
        break;
      }
    }
  }
  return over / runs;
};

/** Three standard deviations of a share whose true value is `level`. */
const slack = (level: number): number => 3 * Math.sqrt((level * (1 - level)) / runs);

describe('evidence may be looked at after every request', () => {
  test('a release at the tolerated rate is hardly ever called bad', () => {
    const share = shareOver(alpha, tolerated, 'failure', (requests, failures) =>
      againstTolerated({ requests, failures }, tolerated),
    );
    expect(share).toBeLessThanOrEqual(alpha + slack(alpha));
  });

  test('a release that fails as badly as the worst allowed is hardly ever called fine', () => {
    const worst = 0.02;
    const share = shareOver(alpha, worst, 'success', (requests, failures) =>
      againstWorst({ requests, failures }, tolerated, worst),
    );
    expect(share).toBeLessThanOrEqual(alpha + slack(alpha));
  });

  test('two slots that fail alike are hardly ever told apart', () => {
    const live = { requests: 2000, failures: 100 };
    const share = shareOver(alpha, 0.05, 'failure', (requests, failures) =>
      againstSameAsLive({ requests, failures }, live),
    );
    expect(share).toBeLessThanOrEqual(alpha + slack(alpha));
  });

  test('a bad release is seen in almost every run', () => {
    const share = shareOver(0.001, 0.05, 'failure', (requests, failures) =>
      againstTolerated({ requests, failures }, tolerated),
    );
    expect(share).toBeGreaterThan(0.99);
  });
});

describe('the comparison with the live slot', () => {
  test('sees twenty percent against none', () => {
    expect(againstSameAsLive({ requests: 20, failures: 4 }, { requests: 3000, failures: 0 })).toBeGreaterThan(
      Math.log(1000),
    );
  });

  test('never speaks against a slot that fails less', () => {
    expect(againstSameAsLive({ requests: 500, failures: 1 }, { requests: 500, failures: 50 })).toBeLessThanOrEqual(0);
  });
});

describe("Wald's mean sample size for alpha 0.001, beta 0.01, from 0.1 %", () => {
  test.each([
    [0.05, 46],
    [0.2, 8],
    [0.01, 482],
  ])('to %d needs about %d requests', (bad, requests) => {
    expect(Math.round(waldRequests(tolerated, bad, 0.001, 0.01))).toBe(requests);
  });
});
