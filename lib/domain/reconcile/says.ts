import type { LedgerFact } from '../../contracts/ledger.ts';
import type { Drift, Finding } from '../../contracts/reconcile.ts';

type Mended = Exclude<Finding, Drift>;

/** Which thing it is: the same one again, by whatever run, is the same fact. */
const keyOf = (finding: Mended): string => {
  if (finding.kind === 'lost-run') return `${finding.machine}/${finding.name}`;
  if (finding.kind === 'left-lease') return `${finding.resource}/${finding.token}`;
  return `${finding.alarm}/${finding.since}`;
};

const saysOf = (finding: Mended): string => {
  if (finding.kind === 'lost-run')
    return `The end of ${finding.name} was told to nobody; what it asks for was done (${finding.machine})`;
  if (finding.kind === 'left-lease')
    return `The lease of ${finding.resource} was left by ${finding.holder}, which is over; it was given back`;
  return `The alarm ${finding.alarm} has fired since ${finding.since}, and its event never came; it was answered`;
};

/** The line of the ledger that says what was lost and made good. */
export const mendedFact = (finding: Mended): Pick<LedgerFact, 'key' | 'kind' | 'says' | 'data'> => ({
  key: `reconciled/${finding.kind}/${keyOf(finding)}`,
  kind: 'reconciled',
  says: saysOf(finding),
  data: { ...finding },
});
