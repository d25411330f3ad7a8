import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { type Backup, BackupPlan } from '../../lib/contracts/backup.ts';
import { backupsToRemove } from '../../lib/domain/recovery/retention.ts';
import { leftovers } from '../../lib/domain/recovery/unwanted.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type RetentionNeeds = Needs<'databases' | 'backups' | 'ledger' | 'clock'>;

/** More than the longest policy keeps at one backup a day. */
const mostBackups = 1000;

/** Removes what the policy does not keep, and what failed backups left behind. What nobody has on record stays. */
export const applyRetention = step({
  name: 'ApplyRetention',
  input: v.object({ plan: BackupPlan }),
  output: v.object({ removed: v.number() }),
  async run(ports: RetentionNeeds, { plan }, call) {
    const backups = await ports.backups.recent(plan.database, mostBackups);
    const ids = backupsToRemove(backups, plan.policy.retention, ports.clock.now());
    const old = backups.filter(({ id }) => ids.includes(id));
    const left = leftovers(await ports.databases.snapshots(plan.instance), backups);
    await forEachOf(old, (backup) => removeOne(ports, backup));
    await forEachOf(left, ({ id }) => ports.databases.removeSnapshot(id));
    const removed = [...old.map(({ snapshot }) => snapshot), ...left.map(({ id }) => id)];
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

/** The snapshot first: a record that says `removed` must not have one. */
const removeOne = async ({ databases, backups }: RetentionNeeds, { id, snapshot }: Backup): Promise<void> => {
  await databases.removeSnapshot(snapshot);
  await backups.change(id, { status: 'removed' });
};

export const handler = lambda(applyRetention, {
  databases: rdsDatabases,
  backups: dynamoBackups,
  ledger: dynamoLedger,
  clock: systemClock,
});
