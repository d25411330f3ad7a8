import * as v from 'valibot';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { BackupPlan } from '../../lib/contracts/backup.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Begins the copy to the second region: a backup that lies only where its database lies goes with it. */
export const copySnapshot = step({
  name: 'CopySnapshot',
  input: v.object({ plan: BackupPlan }),
  output: v.object({ deadline: Instant }),
  async run({ databases, clock }: Needs<'databases' | 'clock'>, { plan: { snapshot, policy } }) {
    await databases.copySnapshot(snapshot);
    return { deadline: plusSeconds(clock.now(), policy.backup.deadlineSeconds) };
  },
});

export const handler = lambda(copySnapshot, { databases: rdsDatabases, clock: systemClock });
