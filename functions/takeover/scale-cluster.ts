import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { FailoverPlan } from '../../lib/contracts/failover.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { leaseOf } from '../../lib/contracts/lease.ts';
import { type Filling, slotsToFill } from '../../lib/domain/failover/slots-to-fill.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';
import { dependantFacts } from './check-cluster.ts';

type ScaleNeeds = Needs<'cluster' | 'releases' | 'leases' | 'ledger' | 'clock'>;

/** Longer than one call; a step that dies gives the service back with its run. */
const leaseSeconds = 60;

/**
 * Fills the live slots of the second region's cluster up to the catalog's floor. A drill only looks. A release that is under way
 * there is overtaken: its next write is refused, and it is undone.
 */
export const scaleCluster = step({
  name: 'ScaleCluster',
  input: v.object({ plan: FailoverPlan }),
  output: v.object({ filled: v.array(v.string()) }),
  async run(ports: ScaleNeeds, { plan }, call) {
    const fillings = plan.mode === 'drill' ? [] : slotsToFill(await dependantFacts(ports, plan));
    for (const filling of fillings) await fill(ports, plan.name, filling);
    const filled = fillings.map(({ service, slot, replicas }) => `${service} ${slot} ${replicas}`);
    const says = filled.length > 0 ? `Filling in ${plan.policy.cluster}: ${filled.join(', ')}` : nothingToFill(plan);
    await record(ports, call, {
      service: plan.database,
      key: `${call.run}/scaled`,
      kind: 'cluster-scaled',
      says,
      data: { fillings },
    });
    return { filled };
  },
});

const nothingToFill = ({ mode, policy }: FailoverPlan): string =>
  mode === 'drill' ? `A drill leaves ${policy.cluster} as it is` : `${policy.cluster} has all its pods already`;

const fill = async (
  { cluster, leases, clock }: ScaleNeeds,
  holder: string,
  { service, slot, digest, replicas }: Filling,
): Promise<void> => {
  const lease = await leases.takeOver(leaseOf(service), holder, plusSeconds(clock.now(), leaseSeconds));
  await cluster.fill(service, slot, { digest, replicas }, lease.token);
  await leases.release(lease);
};

export const handler = lambda(scaleCluster, {
  cluster: eksCluster,
  releases: dynamoReleases,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  clock: systemClock,
});
