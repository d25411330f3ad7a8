import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { SlotStillRouted } from '../../lib/contracts/failures.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import type { ServiceName, Slot } from '../../lib/contracts/names.ts';
import { Preparation } from '../../lib/contracts/preparation.ts';
import { capacityFor } from '../../lib/domain/release/capacity.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type FillNeeds = Needs<'cluster' | 'traffic' | 'ledger' | 'clock'>;

/**
 * Gives the target slot the capacity of the slot that serves now, and keeps autoscaling from shrinking either until the
 * end. Danger: a serving slot that shrinks while it has little traffic cannot take everything back in an undo.
 */
export const fillSlot = step({
  name: 'FillSlot',
  input: v.object({ preparation: Preparation }),
  output: v.object({ replicas: v.number(), deadline: Instant }),
  async run(ports: FillNeeds, { preparation }, call) {
    const { service, releaseId, target, besideSlot, floor, policy, token } = preparation;
    await assertUnrouted(ports, service, target.slot);
    const replicas = capacityFor(await ports.cluster.slot(service, besideSlot), floor);
    await ports.cluster.pinFloor(service, besideSlot, replicas, token);
    await ports.cluster.fill(service, target.slot, { digest: target.digest, replicas }, token);
    const says = `Slot ${target.slot} is being filled with ${target.digest} to ${replicas} pods, the capacity of slot ${besideSlot}`;
    await record(ports, call, {
      service,
      key: `${call.run}/filled`,
      kind: 'slot-filled',
      says,
      data: { releaseId, replicas },
    });
    return { replicas, deadline: plusSeconds(ports.clock.now(), policy.rollout.deadlineSeconds) };
  },
});

/** Rule: a slot that serves is never filled anew, whatever the records say. */
const assertUnrouted = async ({ traffic }: FillNeeds, service: ServiceName, slot: Slot): Promise<void> => {
  const weight = (await traffic.weights(service))[slot];
  if (weight > 0) throw new SlotStillRouted(`slot ${slot} of ${service} has ${weight} % of traffic`, { service, slot });
};

export const handler = lambda(fillSlot, {
  cluster: eksCluster,
  traffic: albTraffic,
  ledger: dynamoLedger,
  clock: systemClock,
});
