import * as v from 'valibot';
import { route53Dns } from '../../lib/adapters/failover/dns.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { FailoverPlan } from '../../lib/contracts/failover.ts';
import { allTo } from '../../lib/domain/failover/weights.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** The drill's copy goes, and the drill's name leads to the primary side again. Without a lease no name was moved. */
export const removeCopy = step({
  name: 'RemoveCopy',
  input: v.object({ plan: FailoverPlan, token: v.number() }),
  output: v.object({ asked: v.literal(true) }),
  async run({ databases, dns }: Needs<'databases' | 'dns'>, { plan, token }) {
    await databases.remove(plan.target);
    await dns.shift(plan.policy.drillRecord, allTo('primary'), token);
    return { asked: true as const };
  },
});

export const handler = lambda(removeCopy, { databases: rdsDatabases, dns: route53Dns });
