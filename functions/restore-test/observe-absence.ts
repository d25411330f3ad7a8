import * as v from 'valibot';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { DrillPlan } from '../../lib/contracts/drill.ts';
import { CopyStillThere, OrphanLeft } from '../../lib/contracts/failures.ts';
import { Instant, plusSeconds, toMs } from '../../lib/contracts/instant.ts';
import { RecoveryPolicy } from '../../lib/contracts/recovery-policy.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** A drill is over when its copy was seen to be gone, not when its removal was asked for. */
export const observeAbsence = step({
  name: 'ObserveAbsence',
  input: v.object({ plan: DrillPlan, policy: RecoveryPolicy, since: Instant }),
  output: v.object({ removedAt: Instant }),
  async run({ databases, clock }: Needs<'databases' | 'clock'>, { plan: { instance }, policy, since }) {
    const found = await databases.find(instance);
    const now = clock.now();
    if (!found) return { removedAt: now };
    const late = toMs(now) > toMs(plusSeconds(since, policy.drill.absenceSeconds));
    throw new (late ? OrphanLeft : CopyStillThere)(`${instance}: is still ${found.status}`, { instance, since });
  },
});

export const handler = lambda(observeAbsence, { databases: rdsDatabases, clock: systemClock });
