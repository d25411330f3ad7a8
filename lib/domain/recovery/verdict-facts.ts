import type { DrillPlan } from '../../contracts/drill.ts';
import type { LedgerFact } from '../../contracts/ledger.ts';
import type { RunId } from '../../contracts/names.ts';
import type { Check } from '../../contracts/verdict.ts';
import { overall } from '../verdict/worst.ts';

type Fact = Pick<LedgerFact, 'service' | 'key' | 'kind' | 'says' | 'data'>;

const told = (checks: readonly Check[]): string => {
  const bad = checks.filter(({ verdict }) => verdict !== 'healthy');
  const reasons = bad.map(({ name, verdict, reason }) => `${name} ${verdict} (${reason})`).join('; ');
  return `${overall(checks)}${reasons && `: ${reasons}`}`;
};

/** Known before any table was read whole. */
export const firstJudged = (run: RunId, { database, drill }: DrillPlan, checks: Check[]): Fact => ({
  service: database,
  key: `${run}/first-verdict`,
  kind: 'first-verdict',
  says: `At first sight the copy is ${told(checks)}`,
  data: { drill, verdict: overall(checks), checks },
});

export const contentJudged = (run: RunId, { database, drill }: DrillPlan, checks: Check[]): Fact => ({
  service: database,
  key: `${run}/content-verdict`,
  kind: 'content-verdict',
  says: `Read whole, the copy is ${told(checks)}`,
  data: { drill, verdict: overall(checks), checks },
});
