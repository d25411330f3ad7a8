import type { Drill } from '../../lib/contracts/drill.ts';
import { type EndedFailover, type Evidence, type Told, toldOf } from '../../lib/contracts/evidence.ts';
import { phaseSeconds } from '../../lib/domain/recovery/measure.ts';
import { sourceText } from './drills.ts';
import { measuredText, secondsText, statusText } from './run.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

type Verified = { entries: number; problems: readonly string[] };

/** The verdict of a drill, or the status of a failover. */
export const endOf = (told: Told): string =>
  told.drill ? (told.drill.outcome?.verdict ?? 'open') : told.failover.outcome.status;

/** One drill or failover for a person: how it ended, what was seen, and whether the chain that says so is whole. */
export const evidenceText = (evidence: Evidence, verified: Verified, style: Style): string =>
  [
    `${style.bold(toldOf(evidence))}  ${statusText(endOf(evidence), style)}  ${style.dim(`evidence ${evidence.sequence} of ${evidence.database}`)}`,
    ...(evidence.drill ? drillLines(evidence.drill, style) : failoverLines(evidence.failover)),
    '',
    chainText(evidence.database, verified, style),
  ].join('\n');

const drillLines = ({ plan, outcome }: Drill, style: Style): string[] => {
  if (!outcome) return [];
  const phases = Object.entries(phaseSeconds(plan, outcome.phases)).map(
    ([phase, seconds]) => `${phase} ${secondsText(seconds)}`,
  );
  return [
    `  restored  ${sourceText(plan)}${plan.damage ? `, damaged on purpose: ${plan.damage}` : ''}`,
    `  measured  ${measuredText(outcome)}`,
    `  phases    ${phases.join(', ')}`,
    '',
    table(outcome.checks.map(({ name, verdict, reason }) => [`  ${statusText(verdict, style)}`, name, reason])),
  ];
};

const failoverLines = ({ wish, plan, fencing, outcome }: EndedFailover): string[] => [
  `  asked for by ${wish.requestedBy}: ${wish.reason}`,
  `  measured  RPO ${secondsText(outcome.rpoSeconds ?? undefined)}, RTO ${secondsText(outcome.rtoSeconds ?? undefined)}`,
  `  reason    ${outcome.reason}`,
  ...(fencing ? [`  fence     ${fencing.reason}`] : []),
  ...(plan ? ['', table(plan.witnesses.map(({ name, saw, reason }) => [`  ${saw}`, name, reason]))] : []),
];

const chainText = (database: string, { entries, problems }: Verified, style: Style): string =>
  problems.length === 0
    ? `${style.green('✔')} The evidence of ${database} is whole: ${entries} entries, each hash and signature verified`
    : problems.map((problem) => `${style.red('✖')} ${problem}`).join('\n');

/** After everything held. */
export const verificationText = (file: string, chain: readonly Evidence[], style: Style): string => {
  const rows = chain.map((evidence) => [
    `  ${evidence.sequence}`,
    toldOf(evidence),
    statusText(endOf(evidence), style),
    (evidence.drill ? evidence.drill.outcome : evidence.failover.outcome)?.reason ?? '',
  ]);
  const newest = chain.at(-1);
  return [
    `${style.green('✔')} ${file}: ${chain.length} entries of ${newest?.database}, each hash and signature verified, none missing before the last`,
    table(rows),
    `  the newest has the hash ${newest?.hash}`,
  ].join('\n');
};
