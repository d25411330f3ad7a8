import * as v from 'valibot';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { schedulerRemovals } from '../../lib/adapters/scheduler/removals.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { FailoverPlan } from '../../lib/contracts/failover.ts';
import { OutputInvalid } from '../../lib/contracts/failures.ts';
import { drillOf } from '../../lib/domain/failover/copy-of.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type CopyNeeds = Needs<'drills' | 'removals' | 'databases' | 'ledger' | 'clock'>;

/**
 * Begins the restore of a drill's copy. Rule: the drill is on record and its one-shot remover is armed before there is
 * anything to remove; the reaper finds it by its mark.
 */
export const startCopy = step({
  name: 'StartCopy',
  input: v.object({ plan: FailoverPlan }),
  output: v.object({ started: v.literal(true) }),
  async run(ports: CopyNeeds, { plan }, call) {
    const { copy, target, database } = plan;
    if (!copy) throw new OutputInvalid(`${plan.name}: a failover that is no drill makes no copy`, { plan: plan.name });
    const { drill, removeBy, source, sizeClass } = copy;
    await ports.drills.open(drillOf(plan, copy));
    await ports.removals.arm(drill, removeBy);
    await ports.databases.restore({ as: target, source, sizeClass, mark: { drill, removeBy } });
    await record(ports, call, {
      service: database,
      key: `${call.run}/copy`,
      kind: 'copy-started',
      says: `${target} is being restored as of ${copy.point}; it is removed by ${removeBy} at the latest`,
      data: { target, copy },
    });
    return { started: true as const };
  },
});

export const handler = lambda(startCopy, {
  drills: dynamoDrills,
  removals: schedulerRemovals,
  databases: rdsDatabases,
  ledger: dynamoLedger,
  clock: systemClock,
});
