import type { Drill, DrillOutcome, DrillPlan } from '../../lib/contracts/drill.ts';
import type { Check } from '../../lib/contracts/verdict.ts';
import { phaseSeconds } from '../../lib/domain/recovery/measure.ts';
import { sourceText } from '../output/drills.ts';
import { duration } from '../output/duration.ts';
import { secondsText } from '../output/run.ts';
import { figure } from './figure.ts';
import { type Html, html } from './html.ts';

/** What a drill proved. */
export const drillReport = ({ plan, outcome }: Drill): Html =>
  outcome ? result(plan, outcome) : html`<p class="verdict inconclusive">open: it has not ended</p>`;

const result = (
  plan: DrillPlan,
  outcome: DrillOutcome,
): Html => html`<p class="verdict ${outcome.verdict}">${outcome.verdict}</p>
<p>${outcome.reason}</p>
<p class="dim">Began ${plan.startedAt}; restored ${sourceText(plan)}${plan.damage ? `; damaged on purpose: ${plan.damage}` : ''}.</p>
${figures(plan, outcome)}
<h2>Checks</h2>
<table>
<thead><tr><th>Verdict</th><th>Check</th><th>What was seen</th></tr></thead>
<tbody>${outcome.checks.map(checkRow)}</tbody>
</table>
${phases(plan, outcome)}`;

const checkRow = ({ name, verdict, reason }: Check): Html =>
  html`<tr><td class="verdict ${verdict}">${verdict}</td><td>${name}</td><td class="reason">${reason}</td></tr>
`;

/** Each figure with what was promised, in the words of the check that judged it. */
const figures = (plan: DrillPlan, outcome: DrillOutcome): Html => html`<dl class="figures">
${figure('Data lost (RPO)', secondsText(outcome.rpoSeconds), judged(outcome, 'rpo'))}
${figure('Time to recover (RTO)', secondsText(outcome.rtoSeconds), judged(outcome, 'rto'))}
${figure('Copy', outcome.absent ? 'gone' : 'still there', outcome.absent ? `${plan.instance}, seen to be gone` : `${plan.instance}; remove by ${plan.removeBy}`)}
${figure('Cost', `${outcome.costUsd.toFixed(2)} USD`, 'estimated from the policy')}
</dl>`;

const judged = ({ checks }: DrillOutcome, name: string): string =>
  checks.find((check) => check.name === name || check.name === `seen: ${name}`)?.reason ?? 'no promise was judged';

const phases = (plan: DrillPlan, outcome: DrillOutcome): Html => {
  const all = Object.entries(phaseSeconds(plan, outcome.phases));
  const longest = Math.max(...all.map(([, took]) => took), Number.MIN_VALUE);
  return html`<h2>Phases</h2>
<table>
<thead><tr><th>Phase</th><th>Took</th><th></th></tr></thead>
<tbody>${all.map(([phase, took]) => phaseRow(phase, took, took / longest))}</tbody>
</table>`;
};

const phaseRow = (phase: string, took: number, share: number): Html =>
  html`<tr><td>${phase}</td><td class="number">${duration(took * 1000)}</td><td><div class="bar"><i style="width: ${Math.max(1, Math.round(share * 100))}%"></i></div></td></tr>
`;
