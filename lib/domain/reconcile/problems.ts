import type { LedgerFact } from '../../contracts/ledger.ts';
import type { Reconciled } from '../../contracts/reconcile.ts';
import { readCause } from '../release/read-cause.ts';

/** What kept a run from looking at everything, or from making good what it found; none when it is whole. */
export const problemsIn = ({ looked, failed }: Reconciled): string[] => [
  ...(failed ? [readCause(failed).reason] : []),
  ...(looked?.blind ?? []).map((what) => `${what} could not be read`),
];

/** The line of the ledger that ends a run. One that found nothing and could look at everything leaves none: it is most of them. */
export const reconciledFact = (
  run: string,
  { looked, mended }: Reconciled,
  problems: readonly string[],
): Pick<LedgerFact, 'key' | 'kind' | 'says' | 'data'> | undefined => {
  const found = (looked?.findings.length ?? 0) + (looked?.more ?? 0);
  if (found === 0 && problems.length === 0) return undefined;
  return {
    key: `${run}/ended`,
    kind: 'ended',
    says: [`Looked for what was lost: ${found} found, ${mended} made good`, ...problems].join('; '),
    data: { found, mended, problems },
  };
};
