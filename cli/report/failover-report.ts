import type { EndedFailover } from '../../lib/contracts/evidence.ts';
import type { FailoverPlan, Witness } from '../../lib/contracts/failover.ts';
import { secondsText } from '../output/run.ts';
import { figure } from './figure.ts';
import { type Html, html } from './html.ts';

const colours = { moved: 'healthy', drilled: 'healthy', refused: 'inconclusive', failed: 'error' } as const;

/** What was done when a region was said to be lost, and who said so. */
export const failoverReport = ({
  wish,
  plan,
  fencing,
  outcome,
  endedAt,
}: EndedFailover): Html => html`<p class="verdict ${colours[outcome.status]}">${outcome.status}</p>
<p>${outcome.reason}</p>
<p class="dim">Asked for by ${wish.requestedBy}: ${wish.reason}. Ended ${endedAt}.</p>
<dl class="figures">
${figure('Data lost (RPO)', secondsText(outcome.rpoSeconds ?? undefined), promised(plan?.promises.rpoSeconds))}
${figure('Time to recover (RTO)', secondsText(outcome.rtoSeconds ?? undefined), promised(plan?.promises.rtoSeconds))}
${figure('Old writer', fencing?.fence ?? 'not touched', fencing?.reason ?? 'the run ended before')}
</dl>
${plan ? witnesses(plan) : html`<p>Nothing was decided.</p>`}
${
  outcome.failBack.length === 0
    ? html``
    : html`<h2>The way back</h2>
<ol>${outcome.failBack.map((step) => html`<li>${step}</li>`)}</ol>`
}`;

const promised = (seconds: number | undefined): string =>
  seconds === undefined ? 'nothing was decided' : `promised are ${seconds} s`;

const witnesses = (plan: FailoverPlan): Html => html`<h2>Witnesses</h2>
<table>
<thead><tr><th>Witness</th><th>Said</th><th>Why</th></tr></thead>
<tbody>${plan.witnesses.map(witnessRow)}</tbody>
</table>`;

const witnessRow = ({ name, saw, reason }: Witness): Html =>
  html`<tr><td>${name}</td><td>${saw}</td><td class="reason">${reason}</td></tr>
`;
