import { plot } from 'asciichart';
import type { MeasuredError } from '../../lib/domain/forecast/measured-error.ts';
import type { ServiceForecast } from '../operations/forecast.ts';
import type { Style } from './style.ts';

const height = 10;
/** Wider than this does not fit beside the figures. */
const width = 96;

/** The last season and the next as one line, how wrong such forecasts were, and what follows. */
export const forecastText = (service: string, forecast: ServiceForecast, style: Style): string => {
  const { series, method, expected, anomaly, advice } = forecast;
  const rates = [...series.counts.slice(-series.season), ...expected.map(({ count }) => count)].map(
    (count) => count / series.slotSeconds,
  );
  return [
    `${style.bold(service)}: requests a second, the last season and then the next, from ${expected[0]?.at}`,
    plot(narrowed(rates), { height, min: 0, format: (value) => value.toFixed(1).padStart(8) }),
    `by ${method}; measured on what came: Holt-Winters ${errorText(forecast.error)}, seasonal naive ${errorText(forecast.naiveError)}`,
    anomaly ? style.yellow(anomalyText(anomaly)) : 'the newest slot is as expected',
    ...adviceText(advice),
  ].join('\n');
};

/** The highest of each few, so that a peak stays. */
const narrowed = (values: readonly number[]): number[] => {
  const each = Math.ceil(values.length / width);
  return Array.from({ length: Math.ceil(values.length / each) }, (_, at) =>
    Math.max(...values.slice(at * each, (at + 1) * each)),
  );
};

const errorText = ({ mase, mapePercent }: Pick<MeasuredError, 'mase' | 'mapePercent'>): string =>
  `MASE ${mase?.toFixed(2) ?? 'unknown'}, MAPE ${mapePercent === null ? 'unknown' : `${mapePercent.toFixed(1)} %`}`;

const anomalyText = ({ at, came, low, high }: NonNullable<ServiceForecast['anomaly']>): string =>
  `anomaly: ${Math.round(came)} requests from ${at}, expected ${Math.round(low)} to ${Math.round(high)}`;

const adviceText = (advice: ServiceForecast['advice']): string[] => {
  if (!advice) return ['no advice'];
  const { guards, verdict } = advice.decision;
  const against = guards.filter((one) => one.verdict === verdict).map(({ guard, reason }) => `  ${guard}: ${reason}`);
  return [`advice: ${advice.says}`, `its guards say ${verdict}:`, ...against];
};
