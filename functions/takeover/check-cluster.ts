import * as v from 'valibot';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { FailoverPlan } from '../../lib/contracts/failover.ts';
import { FailoverNotVerified, FailoverPending } from '../../lib/contracts/failures.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import { type DependantFacts, podsReady } from '../../lib/domain/failover/slots-to-fill.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Are the pods of all services of the database ready in this region? A drill asks too: it is what a failover would find. */
export const checkCluster = step({
  name: 'CheckCluster',
  input: v.object({ plan: FailoverPlan, since: Instant }),
  output: v.object({ ready: v.literal(true), reason: v.string() }),
  async run(ports: Needs<'cluster' | 'releases' | 'clock'>, { plan, since }) {
    const judged = (await dependantFacts(ports, plan)).map(podsReady);
    const reason = judged.map((each) => each.reason).join('; ') || 'no service uses the database';
    if (judged.every(({ ready }) => ready)) return { ready: true as const, reason };
    const late = ports.clock.now() > plusSeconds(since, plan.policy.deadlines.podsSeconds);
    throw new (late ? FailoverNotVerified : FailoverPending)(`${plan.policy.cluster}: ${reason}`, { plan: plan.name });
  },
});

/** What each service of the database has on record and in its live slot. */
export const dependantFacts = (
  { cluster, releases }: Needs<'cluster' | 'releases'>,
  { dependants }: FailoverPlan,
): Promise<DependantFacts[]> =>
  Promise.all(
    dependants.map(async ({ service, floor }) => {
      const live = await releases.live(service);
      return { service, floor, live, state: await cluster.slot(service, live?.slot ?? 'blue') };
    }),
  );

export const handler = lambda(checkCluster, { cluster: eksCluster, releases: dynamoReleases, clock: systemClock });
