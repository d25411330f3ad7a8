import * as v from 'valibot';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { schedulerRemovals } from '../../lib/adapters/scheduler/removals.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { DrillPlan } from '../../lib/contracts/drill.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/**
 * Rule: before there is anything to remove, the drill is on record (the reaper reads that) and its one-shot schedule is armed.
 * So what this run makes goes even if nothing of the run is left.
 */
export const armRemovers = step({
  name: 'ArmRemovers',
  input: v.object({ plan: DrillPlan }),
  output: v.object({ armedAt: Instant }),
  async run(ports: Needs<'drills' | 'removals' | 'ledger' | 'clock'>, { plan }, call) {
    await ports.drills.open({ plan, status: 'open' });
    await ports.removals.arm(plan.drill, plan.removeBy);
    await record(ports, call, {
      service: plan.database,
      key: `${call.run}/armed`,
      kind: 'removers-armed',
      says: `${plan.instance} is removed by ${plan.removeBy} at the latest, whatever becomes of this run`,
      data: { drill: plan.drill, removeBy: plan.removeBy },
    });
    return { armedAt: ports.clock.now() };
  },
});

export const handler = lambda(armRemovers, {
  drills: dynamoDrills,
  removals: schedulerRemovals,
  ledger: dynamoLedger,
  clock: systemClock,
});
