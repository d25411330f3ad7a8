import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { eksExports } from '../../lib/adapters/kubernetes/exports.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { type Backup, BackupPlan } from '../../lib/contracts/backup.ts';
import { exportsOf, exportsWithoutBackup } from '../../lib/domain/recovery/judge-exports.ts';
import { backupsToRemove } from '../../lib/domain/recovery/retention.ts';
import { leftovers } from '../../lib/domain/recovery/unwanted.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type RetentionNeeds = Needs<'databases' | 'exports' | 'backups' | 'ledger' | 'clock'>;

/** More than the longest policy keeps at one backup a day. */
const mostBackups = 1000;

/** Removes what the policy does not keep, exports with their backup, and what failed backups left behind. What nobody has on record stays. */
export const applyRetention = step({
  name: 'ApplyRetention',
  input: v.object({ plan: BackupPlan }),
  output: v.object({ removed: v.number() }),
  async run(ports: RetentionNeeds, { plan }, call) {
    const backups = await ports.backups.recent(plan.database, mostBackups);
    const now = ports.clock.now();
    const ids = backupsToRemove(backups, plan.policy.retention, now);
    const old = backups.filter(({ id }) => ids.includes(id));
    const alone = exportsWithoutBackup(backups, plan.policy, now);
    const left = leftovers(await ports.databases.snapshots(plan.instance), backups);
    await forEachOf(old, (backup) => removeOne(ports, backup));
    await forEachOf(alone, (backup) => removeExports(ports, backup));
    await forEachOf(left, ({ id }) => ports.databases.removeSnapshot(id));
    const removed = [
      ...old.map(({ snapshot }) => snapshot),
      ...left.map(({ id }) => id),
      ...alone.map(({ id }) => `exports of ${id}`),
    ];
    if (removed.length > 0)
      await record(ports, call, {
        service: plan.database,
        key: `${call.run}/retention`,
        kind: 'backups-removed',
        says: `Removed ${removed.join(', ')}: the policy keeps them no longer, or they were never whole`,
        data: { removed },
      });
    return { removed: removed.length };
  },
});

/** The snapshot and the exports first: a record that says `removed` must not have any. */
const removeOne = async (ports: RetentionNeeds, backup: Backup): Promise<void> => {
  await ports.databases.removeSnapshot(backup.snapshot);
  await removeExports(ports, backup);
  await ports.backups.change(backup.id, { status: 'removed' });
};

const removeExports = ({ exports, backups }: RetentionNeeds, backup: Backup): Promise<void> =>
  forEachOf(exportsOf(backup), async (kind) => {
    await exports.remove(kind, backup.id);
    await backups.change(backup.id, { [kind]: { status: 'removed' } });
  });

export const handler = lambda(applyRetention, {
  databases: rdsDatabases,
  exports: eksExports,
  backups: dynamoBackups,
  ledger: dynamoLedger,
  clock: systemClock,
});
