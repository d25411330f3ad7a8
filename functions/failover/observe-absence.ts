import * as v from 'valibot';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { InstanceId } from '../../lib/contracts/database.ts';
import { CopyStillThere } from '../../lib/contracts/failures.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** A drill is over when its copy was seen to be gone, not when its removal was asked for. */
export const observeAbsence = step({
  name: 'ObserveAbsence',
  input: v.object({ instance: InstanceId }),
  output: v.object({ absent: v.literal(true) }),
  async run({ databases }: Needs<'databases'>, { instance }) {
    const found = await databases.find(instance);
    if (found) throw new CopyStillThere(`${instance}: still ${found.status}`, { instance });
    return { absent: true as const };
  },
});

export const handler = lambda(observeAbsence, { databases: rdsDatabases });
