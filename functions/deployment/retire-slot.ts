import * as v from 'valibot';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { SlotNotDrained, SlotStillRouted } from '../../lib/contracts/failures.ts';
import { ReleaseId, ServiceName, Slot } from '../../lib/contracts/names.ts';
import { drained, drainStart } from '../../lib/domain/traffic/drained.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type RetireNeeds = Needs<'traffic' | 'signals' | 'cluster' | 'ledger' | 'clock'>;

const Retirement = v.object({
  service: ServiceName,
  releaseId: ReleaseId,
  slot: Slot,
  keptSlot: Slot,
  floor: v.number(),
  drainSeconds: v.number(),
  token: v.number(),
});
type Retirement = v.InferOutput<typeof Retirement>;

/**
 * Scales a slot to zero and lets autoscaling go on the other. Rule: only after proof that nothing routes here, both by
 * the written weight and by counted requests; a write that the load balancer has not applied yet looks like success.
 */
export const retireSlot = step({
  name: 'RetireSlot',
  input: Retirement,
  output: v.object({ retired: v.literal(true) }),
  async run(ports: RetireNeeds, input, call) {
    await assertUnused(ports, input);
    await ports.cluster.retire(input.service, input.slot, input.token);
    await ports.cluster.pinFloor(input.service, input.keptSlot, input.floor, input.token);
    const says = `Slot ${input.slot} answered nothing for ${input.drainSeconds} s and was scaled to zero; slot ${input.keptSlot} may scale down to ${input.floor}`;
    await record(ports, call, {
      service: input.service,
      key: `${call.run}/retired-${input.slot}`,
      kind: 'slot-retired',
      says,
    });
    return { retired: true as const };
  },
});

const assertUnused = async (
  { traffic, signals, clock }: RetireNeeds,
  { service, slot, drainSeconds }: Retirement,
): Promise<void> => {
  const weight = (await traffic.weights(service))[slot];
  if (weight > 0)
    throw new SlotStillRouted(`slot ${slot} of ${service} still has ${weight} % of traffic`, { service, slot, weight });
  const now = clock.now();
  const buckets = await signals.buckets(service, drainStart(now, drainSeconds), now);
  if (!drained(buckets, slot, now, drainSeconds))
    throw new SlotNotDrained(`slot ${slot} of ${service} answered requests in the last ${drainSeconds} s`, {
      service,
      slot,
    });
};

export const handler = lambda(retireSlot, {
  traffic: albTraffic,
  signals: cloudwatchSignals,
  cluster: eksCluster,
  ledger: dynamoLedger,
  clock: systemClock,
});
