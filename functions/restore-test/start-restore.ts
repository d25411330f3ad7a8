import * as v from 'valibot';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { type Damage, DrillPlan } from '../../lib/contracts/drill.ts';
import { RestoreFailed } from '../../lib/contracts/failures.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import { RecoveryPolicy } from '../../lib/contracts/recovery-policy.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Begins the restore, under a name that every remover knows. A drill that is over makes nothing any more. */
export const startRestore = step({
  name: 'StartRestore',
  input: v.object({ plan: DrillPlan, policy: RecoveryPolicy }),
  output: v.object({ deadline: Instant }),
  async run({ drills, databases, clock }: Needs<'drills' | 'databases' | 'clock'>, { plan, policy }) {
    const { drill, instance, source, removeBy, damage } = plan;
    const known = await drills.find(drill);
    if (known?.status !== 'open') throw new RestoreFailed(`${drill}: is not open, so nothing is restored`, { drill });
    const { sizeClass, deadlineSeconds } = policy.drill;
    await databases.restore({ as: instance, source, sizeClass, mark: { drill, removeBy }, ...ofFiles(damage) });
    return { deadline: plusSeconds(clock.now(), deadlineSeconds) };
  },
});

/** Done while it is restored. A stale copy is made by the plan, from something old; the others are done by SQL. */
const ofFiles = (damage: Damage | undefined): { damage?: 'truncated-wal' | 'flipped-page' } =>
  damage === 'truncated-wal' || damage === 'flipped-page' ? { damage } : {};

export const handler = lambda(startRestore, { drills: dynamoDrills, databases: rdsDatabases, clock: systemClock });
