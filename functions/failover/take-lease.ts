import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { FailoverPlan } from '../../lib/contracts/failover.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { databaseLeaseOf, failoverDrillLeaseOf, Lease } from '../../lib/contracts/lease.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** One failover of a database at a time. A drill takes a lease of its own, so that it never keeps a failover waiting. */
export const takeLease = step({
  name: 'TakeLease',
  input: v.object({ plan: FailoverPlan }),
  output: Lease,
  async run(ports: Needs<'leases' | 'ledger' | 'clock'>, { plan }, call) {
    const { database, mode, name, policy } = plan;
    const resource = mode === 'drill' ? failoverDrillLeaseOf(database) : databaseLeaseOf(database);
    const now = ports.clock.now();
    const lease = await ports.leases.take(resource, name, plusSeconds(now, policy.leaseSeconds), now);
    await record(ports, call, {
      service: database,
      key: `${call.run}/lease`,
      kind: 'lease-taken',
      says: `${name} holds ${resource} with fencing token ${lease.token}`,
      data: { lease },
    });
    return lease;
  },
});

export const handler = lambda(takeLease, { leases: dynamoLeases, ledger: dynamoLedger, clock: systemClock });
