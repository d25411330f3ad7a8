import { seasonalNaive } from './holt-winters.ts';

export type Method = (series: readonly number[], season: number, ahead: number) => number[];

/**
 * How wrong a method was. `mase`: its mean error, as a share of what the seasonal naive method is wrong by in what came before (Hyndman and
 * Koehler 2006); below 1 is better. `mapePercent`: the mean error as a share of what came, where anything came.
 */
export type MeasuredError = { mase: number | null; mapePercent: number | null; mean: number; errors: number[] };

/** Seasons that are forecast from what came before them. */
const mostFolds = 3;

const meanOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Forecasts each of the last seasons, all but the first two, from what was known before it. Needs three seasons. */
export const measuredError = (series: readonly number[], season: number, method: Method): MeasuredError => {
  const folds = Math.min(mostFolds, Math.floor(series.length / season) - 2);
  const seen = Array.from({ length: folds }, (_, fold) => foldOf(series, season, method, folds - fold));
  const errors = seen.flatMap(({ pairs }) => pairs.map(([meant, came]) => Math.abs(meant - came)));
  const shares = seen.flatMap(({ pairs }) =>
    pairs.filter(([, came]) => came > 0).map(([meant, came]) => Math.abs(meant - came) / came),
  );
  const scale = meanOf(seen.map((fold) => fold.scale));
  const mean = meanOf(errors);
  return {
    mase: scale > 0 ? mean / scale : null,
    mapePercent: shares.length > 0 ? 100 * meanOf(shares) : null,
    mean,
    errors,
  };
};

const foldOf = (series: readonly number[], season: number, method: Method, seasonsBack: number) => {
  const known = series.slice(0, series.length - seasonsBack * season);
  const came = series.slice(known.length, known.length + season);
  const meant = method(known, season, season);
  const pairs = came.map((value, slot) => [meant[slot] ?? 0, value] as const);
  const naive = known.slice(season).map((value, slot) => Math.abs(value - (known[slot] ?? 0)));
  return { pairs, scale: meanOf(naive) };
};

/** The better of two methods by what they were wrong by: a model that is worse than yesterday's value is not used. */
export const betterOf = (model: MeasuredError, naive: MeasuredError): 'holt-winters' | 'seasonal-naive' =>
  model.mean < naive.mean ? 'holt-winters' : 'seasonal-naive';

/**
 * Half the width within which a value falls so often, by the errors that were seen (split conformal prediction: the rank is of one more
 * than there are). Undefined where too few were seen to say.
 */
export const halfWidth = (errors: readonly number[], share: number): number | undefined => {
  const rank = Math.ceil((errors.length + 1) * share);
  return [...errors].sort((a, b) => a - b)[rank - 1];
};

export const naiveError = (series: readonly number[], season: number): MeasuredError =>
  measuredError(series, season, seasonalNaive);
