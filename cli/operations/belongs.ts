import type { LedgerEntry } from '../../lib/contracts/ledger.ts';

/** An execution's ARN ends with its name. */
export const executionName = (run: string): string => run.split(':').at(-1) ?? run;

/**
 * Is the fact part of the run's story? Its own facts, those of the runs it started (`shift-<name>`, `undo-<name>` …)
 * and those of another run about this release.
 */
export const belongsTo = (name: string, { run, key, data }: LedgerEntry): boolean => {
  const from = executionName(run);
  return from === name || from.endsWith(`-${name}`) || key.startsWith(`${name}/`) || data.releaseId === name;
};
