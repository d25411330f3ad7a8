import type { LedgerEntry } from '../../lib/contracts/ledger.ts';

/** An execution's ARN ends with its name. */
export const executionName = (run: string): string => run.split(':').at(-1) ?? run;

/**
 * Is the fact part of the run's story? Its own facts, those of the runs it started (`shift-<name>`, `undo-<name>` …)
 * and those of others about this release, backup or drill: a remover is another run.
 */
export const belongsTo = (name: string, { run, key, data }: LedgerEntry): boolean => {
  const from = executionName(run);
  if (from === name || from.endsWith(`-${name}`) || key.startsWith(`${name}/`)) return true;
  return [data.releaseId, data.backup, data.drill].includes(name);
};
