import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { Lease, leaseOf } from '../../lib/contracts/lease.ts';
import { Plan } from '../../lib/contracts/release.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** One release per service at a time. The token fences every later write of this run. */
export const takeLease = step({
  name: 'TakeLease',
  input: v.object({ plan: Plan }),
  output: Lease,
  async run(ports: Needs<'leases' | 'ledger' | 'clock'>, { plan }, call) {
    const now = ports.clock.now();
    const until = plusSeconds(now, plan.policy.leaseSeconds);
    const lease = await ports.leases.take(leaseOf(plan.service), plan.releaseId, until, now);
    const says = `${plan.releaseId} holds ${plan.service} with fencing token ${lease.token}`;
    await record(ports, call, {
      service: plan.service,
      key: `${plan.releaseId}/lease`,
      kind: 'lease-taken',
      says,
      data: { lease },
    });
    return lease;
  },
});

export const handler = lambda(takeLease, { leases: dynamoLeases, ledger: dynamoLedger, clock: systemClock });
