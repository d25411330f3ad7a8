import { type Check, type Verdict, verdicts } from '../../contracts/verdict.ts';

const worse = (a: Verdict, b: Verdict): Verdict => (verdicts.indexOf(a) > verdicts.indexOf(b) ? a : b);

/** The worst answer wins. No checks at all say nothing, so they are no pass. */
export const overall = (checks: readonly Pick<Check, 'verdict'>[]): Verdict =>
  checks.length === 0 ? 'inconclusive' : checks.map(({ verdict }) => verdict).reduce(worse);
