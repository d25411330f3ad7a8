import * as v from 'valibot';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { DrillPlan } from '../../lib/contracts/drill.ts';
import { RestoreFailed, RestoreNotReady, StorageFull } from '../../lib/contracts/failures.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import { judgeRestore } from '../../lib/domain/recovery/progress.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Is the copy there? The deadline is a stored instant, so a restore that hangs cannot push it back. */
export const checkRestore = step({
  name: 'CheckRestore',
  input: v.object({ plan: DrillPlan, deadline: Instant }),
  output: v.object({ restoredAt: Instant }),
  async run({ databases, clock }: Needs<'databases' | 'clock'>, { plan: { instance }, deadline }) {
    const copy = await databases.find(instance);
    const now = clock.now();
    const { state, reason, failure } = judgeRestore(copy, { deadline, now });
    if (state === 'waiting') throw new RestoreNotReady(`${instance}: ${reason}`, { instance });
    if (failure) throw new StorageFull(`${instance}: ${reason}`, { instance, copy });
    if (state === 'failed') throw new RestoreFailed(`${instance}: ${reason}`, { instance, copy });
    return { restoredAt: now };
  },
});

export const handler = lambda(checkRestore, { databases: rdsDatabases, clock: systemClock });
