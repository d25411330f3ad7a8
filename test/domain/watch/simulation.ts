import type { Pair } from '../../../lib/domain/watch/against-live.ts';
import { type Counts, noCounts, plus } from '../../../lib/domain/watch/counts.ts';
import { seeded } from '../../support/seeded.ts';

/** Requests per second and failure rates of both slots in one second of a simulated release. */
export type Second = { newPerSecond: number; livePerSecond: number; newRate: number; liveRate: number };

export type Simulation = {
  runs: number;
  seconds: number;
  /** `seed` differs from run to run: for what changes between runs. */
  second(at: number, seed: number): Second;
  /** What the live slot answered before, drawn anew in each run. */
  before?: { requests: number; rate: number };
};

/** A look at a run: the buckets so far, the last of them still filling. */
export type Look = { pairs: readonly Pair[]; baseline: Counts };

const bucketSeconds = 10;
const zero = (): Pair => ({ closed: false, new: noCounts, live: noCounts });

/**
 * Share of runs in which `crossed` holds at any of the looks, one after every second. The answer is what a bound by
 * Ville's inequality speaks of.
 */
export const shareCrossing = (
  { runs, seconds, second, before }: Simulation,
  crossed: (look: Look) => boolean,
): number => {
  let crossings = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const random = seeded(seed);
    const baseline = before ? requests(before.requests, before.rate, random) : noCounts;
    const pairs: Pair[] = [];
    for (let at = 0; at < seconds; at += 1) {
      if (at % bucketSeconds === 0) pairs.push(zero());
      pairs[pairs.length - 1] = answered(pairs.at(-1) ?? zero(), second(at, seed), random, at);
      if (!crossed({ pairs, baseline })) continue;
      crossings += 1;
      break;
    }
  }
  return crossings / runs;
};

const answered = (pair: Pair, second: Second, random: () => number, at: number): Pair => ({
  closed: at % bucketSeconds === bucketSeconds - 1,
  new: plus(pair.new, requests(second.newPerSecond, second.newRate, random)),
  live: plus(pair.live, requests(second.livePerSecond, second.liveRate, random)),
});

const requests = (count: number, rate: number, random: () => number): Counts => {
  let failures = 0;
  for (let request = 0; request < count; request += 1) if (random() < rate) failures += 1;
  return { requests: count, failures };
};

/** What a true share of `level` may reach in so many runs: three standard deviations above it. */
export const binomialBound = (level: number, runs: number): number =>
  level + 3 * Math.sqrt((level * (1 - level)) / runs);
