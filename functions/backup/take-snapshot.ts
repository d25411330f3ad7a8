import * as v from 'valibot';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { BackupPlan } from '../../lib/contracts/backup.ts';
import { SnapshotId } from '../../lib/contracts/database.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Begins the snapshot under the name that follows from the request, so a repeated step finds its own. */
export const takeSnapshot = step({
  name: 'TakeSnapshot',
  input: v.object({ plan: BackupPlan }),
  output: v.object({ snapshot: SnapshotId }),
  async run({ databases }: Needs<'databases'>, { plan: { id, instance, snapshot } }) {
    await databases.takeSnapshot(instance, snapshot, id);
    return { snapshot };
  },
});

export const handler = lambda(takeSnapshot, { databases: rdsDatabases });
