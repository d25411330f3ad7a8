import type { Backup } from '../../contracts/backup.ts';
import { type Export, type ExportKind, exportKinds } from '../../contracts/export.ts';
import { type Instant, toMs } from '../../contracts/instant.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';

/** `unbegun`: why the exports, or some of them, could not be begun. */
export type ExportFacts = {
  found: Partial<Record<ExportKind, Export>>;
  policy: RecoveryPolicy;
  unbegun: string | undefined;
  deadline: Instant;
  now: Instant;
};

/** `ended`: what is known for good, for the record. `waiting`: those that must be asked for again. */
export type ExportsState = { ended: Partial<Record<ExportKind, Export>>; waiting: ExportKind[] };

/** Rule: an export that was not seen to be complete before the deadline has failed. What the policy does not ask for is not looked at. */
export const judgeExports = ({ found, policy, unbegun, deadline, now }: ExportFacts): ExportsState => {
  const late = toMs(now) > toMs(deadline) ? `, and had until ${deadline}` : undefined;
  const endOf = (kind: ExportKind): Export | undefined => {
    const seen = found[kind];
    if (seen?.status === 'complete' || seen?.status === 'failed') return seen;
    if (!seen && unbegun !== undefined) return failed(`it could not be begun: ${unbegun}`);
    return late === undefined ? undefined : failed(`it is ${seen ? 'still being made' : 'not there'}${late}`);
  };
  const ends = policy.exports.map((kind) => [kind, endOf(kind)] as const);
  return {
    ended: Object.fromEntries(ends.filter(([, end]) => end)),
    waiting: ends.flatMap(([kind, end]) => (end ? [] : [kind])),
  };
};

const failed = (reason: string): Export => ({ status: 'failed', reason });

/** What is wrong with those that the policy asks for. Rule: what is not known to be complete is a problem. */
export const exportProblems = (backup: Backup, { exports }: RecoveryPolicy): string[] =>
  exports.flatMap((kind) => {
    const made = backup[kind];
    if (made?.status === 'complete') return [];
    return [`its ${kind} is missing: ${made?.status === 'failed' ? made.reason : 'nobody saw its end'}`];
  });

/** Those of a backup that may still lie somewhere. */
export const exportsOf = (backup: Backup): ExportKind[] =>
  exportKinds.filter((kind) => backup[kind] !== undefined && backup[kind]?.status !== 'removed');

const dayMs = 86_400_000;

/**
 * Exports of backups without a snapshot. Rule: a dump may be all that there is of its day, so it is kept as many days as all backups
 * are.
 */
export const exportsWithoutBackup = (
  backups: readonly Backup[],
  { retention }: RecoveryPolicy,
  now: Instant,
): Backup[] =>
  backups.filter(
    (backup) =>
      backup.status === 'failed' &&
      toMs(now) - toMs(backup.startedAt) > retention.days * dayMs &&
      exportsOf(backup).length > 0,
  );
