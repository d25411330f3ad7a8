import type { DrillOutcome, DrillPlan } from '../../lib/contracts/drill.ts';
import type { Evidence } from '../../lib/contracts/evidence.ts';
import type { Check } from '../../lib/contracts/verdict.ts';
import { phaseSeconds } from '../../lib/domain/recovery/measure.ts';
import { sourceText } from '../output/drills.ts';
import { duration } from '../output/duration.ts';
import { type Html, html } from './html.ts';
import { pageStyle } from './style.ts';

/** `problems`: what is wrong with the chain that the evidence is from; none when each hash and signature held. */
export type DrillReport = { evidence: Evidence; problems: readonly string[] };

/** One drill as a page that stands alone: nothing is fetched, nothing runs. */
export const drillPage = ({ evidence, problems }: DrillReport): string => {
  const { plan, outcome } = evidence.drill;
  const title = `${plan.database}: drill ${plan.drill}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${pageStyle}</style>
</head>
<body>
<h1>${title}</h1>
${outcome ? result(plan, outcome) : html`<p class="verdict inconclusive">open: it has not ended</p>`}
${proof(evidence, problems)}
</body>
</html>
`.text;
};

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
${figure('Data lost (RPO)', seconds(outcome.rpoSeconds), judged(outcome, 'rpo'))}
${figure('Time to recover (RTO)', seconds(outcome.rtoSeconds), judged(outcome, 'rto'))}
${figure('Copy', outcome.absent ? 'gone' : 'still there', outcome.absent ? `${plan.instance}, seen to be gone` : `${plan.instance}; remove by ${plan.removeBy}`)}
${figure('Cost', `${outcome.costUsd.toFixed(2)} USD`, 'estimated from the policy')}
</dl>`;

const figure = (name: string, value: string, says: string): Html =>
  html`<div><dt>${name}</dt><dd>${value}<small>${says}</small></dd></div>`;

const seconds = (measured: number | undefined): string =>
  measured === undefined ? 'not measured' : duration(measured * 1000);

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

const proof = (
  { database, sequence, hash, previousHash, signature }: Evidence,
  problems: readonly string[],
): Html => html`<h2>Evidence</h2>
${problems.length === 0 ? html`<p class="healthy">Each hash and signature of the chain held when this page was written.</p>` : problems.map((problem) => html`<p class="unhealthy">${problem}</p>`)}
<table><tbody>
<tr><th>Place</th><td>${sequence} in the chain of ${database}</td></tr>
<tr><th>Hash</th><td><code>${hash}</code></td></tr>
<tr><th>Before it</th><td><code>${previousHash}</code></td></tr>
<tr><th>Signed by</th><td><code>${signature.keyId}</code> (${signature.algorithm})</td></tr>
</tbody></table>
<p class="dim">This page proves nothing by itself: check the chain with <code>evenkeel evidence verify</code>, or with OpenSSL alone.</p>`;
