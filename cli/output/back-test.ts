import { plot } from 'asciichart';
import type { PastSummary } from '../../lib/domain/remediation/back-test-summary.ts';
import type { Style } from './style.ts';

const height = 8;

/** The counts, and a line of how many alarms a day it would have acted on. */
export const backTestText = (name: string, summary: PastSummary, style: Style): string => {
  const { days, denials, says } = summary;
  const denied = Object.entries(denials).map(([guard, count]) => `  ${guard} ${count}`);
  return [
    `${style.bold(name)}: ${says}`,
    ...(denied.length > 0 ? ['denied by (one act may be denied by several):', ...denied] : []),
    '',
    `acts a day, ${days[0]?.day} to ${days.at(-1)?.day}`,
    chartOf(days.map(({ act }) => act)),
  ].join('\n');
};

/** One day alone is no line: it is drawn as two alike. */
const chartOf = (acts: number[]): string =>
  plot(acts.length === 1 ? [...acts, ...acts] : acts, {
    height: Math.min(height, Math.max(1, ...acts)),
    min: 0,
    max: Math.max(1, ...acts),
    format: (value) => value.toFixed(1).padStart(6),
  });
