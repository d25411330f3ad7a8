import type { Evidence } from '../../lib/contracts/evidence.ts';
import { phaseSeconds } from '../../lib/domain/recovery/measure.ts';
import { sourceText } from './drills.ts';
import { measuredText, secondsText, statusText } from './run.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

type Verified = { entries: number; problems: readonly string[] };

/** One drill for a person: the verdict, each check, each phase, and whether the chain that says so is whole. */
export const evidenceText = (evidence: Evidence, verified: Verified, style: Style): string => {
  const { plan, outcome } = evidence.drill;
  if (!outcome) return `${style.bold(plan.drill)}  ${style.yellow('open')}`;
  const phases = Object.entries(phaseSeconds(plan, outcome.phases)).map(
    ([phase, seconds]) => `${phase} ${secondsText(seconds)}`,
  );
  return [
    `${style.bold(plan.drill)}  ${statusText(outcome.verdict, style)}  ${style.dim(`evidence ${evidence.sequence} of ${evidence.database}`)}`,
    `  restored  ${sourceText(plan)}${plan.damage ? `, damaged on purpose: ${plan.damage}` : ''}`,
    `  measured  ${measuredText(outcome)}`,
    `  phases    ${phases.join(', ')}`,
    '',
    table(outcome.checks.map(({ name, verdict, reason }) => [`  ${statusText(verdict, style)}`, name, reason])),
    '',
    chainText(evidence.database, verified, style),
  ].join('\n');
};

const chainText = (database: string, { entries, problems }: Verified, style: Style): string =>
  problems.length === 0
    ? `${style.green('✔')} The evidence of ${database} is whole: ${entries} drills, each hash and signature verified`
    : problems.map((problem) => `${style.red('✖')} ${problem}`).join('\n');

/** After everything held. */
export const verificationText = (file: string, chain: readonly Evidence[], style: Style): string => {
  const rows = chain.map(({ sequence, drill: { plan, outcome } }) => [
    `  ${sequence}`,
    plan.drill,
    statusText(outcome?.verdict ?? 'open', style),
    outcome?.reason ?? '',
  ]);
  const newest = chain.at(-1);
  return [
    `${style.green('✔')} ${file}: ${chain.length} drills of ${newest?.database}, each hash and signature verified, none missing before the last`,
    table(rows),
    `  the newest has the hash ${newest?.hash}`,
  ].join('\n');
};
