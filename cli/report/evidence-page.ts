import { type Evidence, toldOf } from '../../lib/contracts/evidence.ts';
import { drillReport } from './drill-report.ts';
import { failoverReport } from './failover-report.ts';
import { type Html, html } from './html.ts';
import { pageStyle } from './style.ts';

/** `problems`: what is wrong with the chain that the evidence is from; none when each hash and signature held. */
export type Report = { evidence: Evidence; problems: readonly string[] };

/** One drill or failover as a page that stands alone: nothing is fetched, nothing runs. */
export const evidencePage = ({ evidence, problems }: Report): string => {
  const title = `${evidence.database}: ${evidence.drill ? 'drill ' : ''}${toldOf(evidence)}`;
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
${evidence.drill ? drillReport(evidence.drill) : failoverReport(evidence.failover)}
${proof(evidence, problems)}
</body>
</html>
`.text;
};

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
