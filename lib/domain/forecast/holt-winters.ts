/*
 * Holt-Winters' additive method: a level, a trend and one value for each slot of a season, each smoothed exponentially. Hyndman and
 * Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, section 8.3; the first values as in section 8.6 of the 2nd edition.
 * The packages that npm has for it (holtwinters, nostradamus) are at 0.x and not kept.
 */

/** How fast each follows what is seen: 0 never, 1 at once. */
type Smoothing = { level: number; trend: number; season: number };
type State = { level: number; trend: number; seasonal: number[] };

const grid: readonly Smoothing[] = [0.1, 0.3, 0.6].flatMap((level) =>
  [0, 0.05, 0.2].flatMap((trend) => [0.05, 0.2, 0.5].map((season) => ({ level, trend, season }))),
);

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** From the first two seasons. */
const firstState = (series: readonly number[], season: number): State => {
  const [first, second] = [mean(series.slice(0, season)), mean(series.slice(season, 2 * season))];
  const trend = (second - first) / season;
  const middle = (season - 1) / 2;
  const seasonal = Array.from({ length: season }, (_, slot) => (series[slot] ?? 0) - first - trend * (slot - middle));
  return { level: first - trend * (middle + 1), trend, seasonal };
};

/** The state after all of the series, and the squares of its errors of one step, added up. */
const smoothed = (series: readonly number[], season: number, { level: a, trend: b, season: c }: Smoothing) => {
  const state = firstState(series, season);
  let squares = 0;
  for (const [at, value] of series.entries()) {
    const slot = at % season;
    const [before, usual] = [state.level + state.trend, state.seasonal[slot] ?? 0];
    squares += (value - before - usual) ** 2;
    const level = a * (value - usual) + (1 - a) * before;
    state.trend = b * (level - state.level) + (1 - b) * state.trend;
    state.seasonal[slot] = c * (value - level) + (1 - c) * usual;
    state.level = level;
  }
  return { state, squares };
};

/** The next `ahead` values of a series of at least two seasons, with that smoothing which fits it best. Counts are never below nothing. */
export const holtWinters = (series: readonly number[], season: number, ahead: number): number[] => {
  const fits = grid.map((smoothing) => smoothed(series, season, smoothing));
  const { state } = fits.reduce((best, one) => (one.squares < best.squares ? one : best));
  return Array.from({ length: ahead }, (_, step) => {
    const seasonal = state.seasonal[(series.length + step) % season] ?? 0;
    return Math.max(0, state.level + state.trend * (step + 1) + seasonal);
  });
};

/** What was seen one season before. */
export const seasonalNaive = (series: readonly number[], season: number, ahead: number): number[] =>
  Array.from({ length: ahead }, (_, step) => series[series.length - season + (step % season)] ?? 0);
