import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { FailoverPlan } from '../../lib/contracts/failover.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { databaseLeaseOf, failoverDrillLeaseOf, Lease } from '../../lib/contracts/lease.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { findFact } from '../../lib/runtime/find-fact.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type LeaseNeeds = Needs<'leases' | 'ledger' | 'clock'>;

/** One failover of a database at a time. A drill takes a lease of its own, so that it never keeps a failover waiting. */
export const takeLease = step({
  name: 'TakeLease',
  input: v.object({ plan: FailoverPlan }),
  output: Lease,
  async run(ports: LeaseNeeds, { plan }, call) {
    const { database, mode, name, policy } = plan;
    const resource = mode === 'drill' ? failoverDrillLeaseOf(database) : databaseLeaseOf(database);
    await freeLeftover(ports, database, resource, name);
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

/**
 * A request for the lease that was held up on its way may arrive after its run has ended. Such a lease protects nothing, and
 * keeps nobody out.
 */
const freeLeftover = async (ports: LeaseNeeds, database: string, resource: string, name: string): Promise<void> => {
  const lease = await ports.leases.current(resource);
  if (!lease || lease.holder === name) return;
  const ended = await findFact(
    ports,
    database,
    ({ kind, run }) => kind === 'ended' && run.endsWith(`:${lease.holder}`),
  );
  if (ended) await ports.leases.release(lease);
};

export const handler = lambda(takeLease, { leases: dynamoLeases, ledger: dynamoLedger, clock: systemClock });
