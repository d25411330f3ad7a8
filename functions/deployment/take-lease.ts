import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { PlanOutdated, ReleaseFoundBad } from '../../lib/contracts/failures.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { Lease, leaseOf } from '../../lib/contracts/lease.ts';
import { endedStatuses, Plan } from '../../lib/contracts/release.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type LeaseNeeds = Needs<'leases' | 'releases' | 'ledger' | 'clock'>;

/** One release per service at a time. The token fences every later write of this run. */
export const takeLease = step({
  name: 'TakeLease',
  input: v.object({ plan: Plan }),
  output: Lease,
  async run(ports: LeaseNeeds, { plan }, call) {
    await freeLeftover(ports, plan);
    const now = ports.clock.now();
    const until = plusSeconds(now, plan.policy.leaseSeconds);
    const lease = await ports.leases.take(leaseOf(plan.service), plan.releaseId, until, now);
    await assertStillTrue(ports, plan);
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

/**
 * A request for the lease that was held up on its way may arrive after its release has ended. Such a lease protects
 * nothing, and keeps nobody out.
 */
const freeLeftover = async ({ leases, releases }: LeaseNeeds, { service, releaseId }: Plan): Promise<void> => {
  const lease = await leases.current(leaseOf(service));
  const holder = lease && lease.holder !== releaseId ? await releases.find(lease.holder) : undefined;
  if (lease && holder && endedStatuses.includes(holder.status)) await leases.release(lease);
};

/** Until the lease was ours, others could promote another release or find this version bad. From here on nobody can. */
const assertStillTrue = async ({ releases }: LeaseNeeds, { service, digest, live }: Plan): Promise<void> => {
  const now = await releases.live(service);
  if (now?.releaseId !== live.releaseId)
    throw new PlanOutdated(`${service}: ${now?.releaseId} became live after ${live.releaseId} was planned with`, {
      service,
    });
  const badReason = await releases.badReason(service, digest);
  if (badReason) throw new ReleaseFoundBad(`digest: ${digest} was found bad: ${badReason}`, { service, digest });
};

export const handler = lambda(takeLease, {
  leases: dynamoLeases,
  releases: dynamoReleases,
  ledger: dynamoLedger,
  clock: systemClock,
});
