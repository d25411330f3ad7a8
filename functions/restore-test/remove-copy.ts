import * as v from 'valibot';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { DrillPlan } from '../../lib/contracts/drill.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** The first of the three removers, however the drill went. */
export const removeCopy = step({
  name: 'RemoveCopy',
  input: v.object({ plan: DrillPlan }),
  output: v.object({ asked: v.literal(true) }),
  async run({ databases }: Needs<'databases'>, { plan }) {
    await databases.remove(plan.instance);
    return { asked: true as const };
  },
});

export const handler = lambda(removeCopy, { databases: rdsDatabases });
