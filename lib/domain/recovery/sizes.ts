import type { Backup } from '../../contracts/backup.ts';
import type { ExportKind } from '../../contracts/export.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import type { Answer } from './freshness.ts';

const fewest = 3;

/** Is a backup about as large as those before it? A database that shrank to nothing is backed up without complaint. */
export const judgeSize = (backup: Backup, earlier: readonly Backup[], policy: RecoveryPolicy): Answer =>
  judgeBytes(
    backup.bytes,
    earlier.map(({ bytes }) => bytes),
    policy,
  );

/** The same of what lies beside it. */
export const judgeExportSize = (
  kind: ExportKind,
  backup: Backup,
  earlier: readonly Backup[],
  policy: RecoveryPolicy,
): Answer =>
  judgeBytes(
    exportBytes(backup, kind),
    earlier.map((one) => exportBytes(one, kind)),
    policy,
  );

const exportBytes = (backup: Backup, kind: ExportKind): number | undefined => {
  const made = backup[kind];
  return made?.status === 'complete' ? made.bytes : undefined;
};

const judgeBytes = (
  bytes: number | undefined,
  earlier: readonly (number | undefined)[],
  { sizeAnomalyShare }: RecoveryPolicy,
): Answer => {
  const sizes = earlier.filter((size) => size !== undefined).sort((a, b) => a - b);
  if (bytes === undefined) return { verdict: 'inconclusive', reason: 'its size is not known' };
  if (sizes.length < fewest)
    return {
      verdict: 'inconclusive',
      reason: `only ${sizes.length} backups to compare with, at least ${fewest} are needed`,
    };
  const usual = sizes[Math.floor(sizes.length / 2)] as number;
  const share = usual === 0 ? Number(bytes > 0) : Math.abs(bytes - usual) / usual;
  const reason = `${bytes} bytes; usual are ${usual}, ${(share * 100).toFixed(0)} % away`;
  return { verdict: share <= sizeAnomalyShare ? 'healthy' : 'unhealthy', reason };
};

/** What is unusual about a backup and what lies beside it. Rule: what there is nothing to compare with is not called unusual. */
export const sizeProblems = (backup: Backup, earlier: readonly Backup[], policy: RecoveryPolicy): string[] =>
  [
    { of: 'its size', ...judgeSize(backup, earlier, policy) },
    ...policy.exports.map((kind) => ({
      of: `the size of its ${kind}`,
      ...judgeExportSize(kind, backup, earlier, policy),
    })),
  ]
    .filter(({ verdict }) => verdict === 'unhealthy')
    .map(({ of, reason }) => `${of} is unusual: ${reason}`);
