import type { Drill, DrillPlan } from '../../lib/contracts/drill.ts';
import { secondsText, statusText } from './run.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

const headings = ['DRILL', 'VERDICT', 'OF', 'DAMAGE', 'BEGAN', 'RPO', 'RTO', 'COPY', 'COST', 'REASON'];
const reasonLength = 60;

/** Empty when there are none. */
export const drillsTable = (drills: readonly Drill[], style: Style): string => {
  const rows = drills.map((drill) => rowOf(drill, style));
  return rows.length === 0 ? '' : table([headings.map((heading) => style.dim(heading)), ...rows]);
};

const rowOf = ({ plan, outcome }: Drill, style: Style): string[] => {
  const begun = [plan.damage ?? '', plan.startedAt];
  if (!outcome) return [plan.drill, style.yellow('open'), sourceText(plan), ...begun, '', '', plan.instance];
  const { verdict, rpoSeconds, rtoSeconds, absent, costUsd, reason } = outcome;
  const measured = [secondsText(rpoSeconds), secondsText(rtoSeconds)];
  const copy = absent ? 'gone' : style.red(plan.instance);
  const short = reason.length > reasonLength ? `${reason.slice(0, reasonLength - 1)}…` : reason;
  const end = [...measured, copy, `${costUsd.toFixed(2)} USD`, short];
  return [plan.drill, statusText(verdict, style), sourceText(plan), ...begun, ...end];
};

export const sourceText = ({ source, proves }: Pick<DrillPlan, 'source' | 'proves'>): string =>
  source.kind === 'snapshot' ? (proves ?? source.snapshot) : `the log at ${source.at}`;
