import { type Instant, plusSeconds } from '../../contracts/instant.ts';
import { holtWinters, seasonalNaive } from './holt-winters.ts';
import { betterOf, halfWidth, type MeasuredError, measuredError, naiveError } from './measured-error.ts';

/** Counts of whole slots, oldest first, without a gap. `from`: the beginning of the first; `season`: slots until it is the same time again. */
export type Series = { from: Instant; slotSeconds: number; season: number; counts: readonly number[] };

/** What is expected of one slot, and the bounds that nine in ten fall within. */
export type Expected = { at: Instant; count: number; low: number; high: number };

/** `anomaly`: the newest slot, when it fell outside what was expected of it. */
export type Forecast = {
  method: 'holt-winters' | 'seasonal-naive';
  error: Pick<MeasuredError, 'mase' | 'mapePercent'>;
  naiveError: Pick<MeasuredError, 'mase' | 'mapePercent'>;
  expected: Expected[];
  anomaly: (Expected & { came: number }) | null;
};

const within = 0.9;
/** With fewer errors nothing can be said of nine in ten. */
export const leastSeason = 10;
export const leastSeasons = 3;

/** The next season. Undefined when there are too few slots to measure an error by: a forecast without one is a guess. */
export const forecastOf = ({ from, slotSeconds, season, counts }: Series): Forecast | undefined => {
  if (season < leastSeason || counts.length < leastSeasons * season + 1) return undefined;
  const known = counts.slice(0, -1);
  const [model, naive] = [measuredError(known, season, holtWinters), naiveError(known, season)];
  const method = betterOf(model, naive);
  const [ahead, error] = method === 'holt-winters' ? [holtWinters, model] : [seasonalNaive, naive];
  const half = halfWidth(error.errors, within) ?? Number.POSITIVE_INFINITY;
  const expectedAt = (slot: number, count: number): Expected => ({
    at: plusSeconds(from, slot * slotSeconds),
    count,
    low: Math.max(0, count - half),
    high: count + half,
  });
  const last = counts.length - 1;
  const before = expectedAt(last, ahead(known, season, 1)[0] ?? 0);
  const came = counts[last] ?? 0;
  return {
    method,
    error: figuresOf(model),
    naiveError: figuresOf(naive),
    expected: ahead(counts, season, season).map((count, step) => expectedAt(counts.length + step, count)),
    anomaly: came < before.low || came > before.high ? { ...before, came } : null,
  };
};

const figuresOf = ({ mase, mapePercent }: MeasuredError) => ({ mase, mapePercent });
