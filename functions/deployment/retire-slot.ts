import * as v from 'valibot';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { SlotNotDrained, SlotStillRouted } from '../../lib/contracts/failures.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import { ReleaseId, ServiceName, Slot } from '../../lib/contracts/names.ts';
import { drained, drainStart } from '../../lib/domain/traffic/drained.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type EmptyNeeds = Needs<'traffic' | 'signals' | 'cluster' | 'ledger' | 'clock'>;

/** `unroutedSince`: when it was known that the slot's traffic had been taken away. */
export const Retirement = v.object({
  service: ServiceName,
  releaseId: ReleaseId,
  slot: Slot,
  keptSlot: Slot,
  floor: v.number(),
  drainSeconds: v.number(),
  unroutedSince: Instant,
  token: v.number(),
});
export type Retirement = v.InferOutput<typeof Retirement>;
export const Retired = v.object({ retired: v.literal(true) });

/**
 * The old slot is the way back. Before it goes the release counts as promoted, so that nobody undoes it afterwards, into
 * an empty slot.
 */
export const retireSlot = step({
  name: 'RetireSlot',
  input: Retirement,
  output: Retired,
  async run(ports: EmptyNeeds & Needs<'releases'>, input, call) {
    await assertUnused(ports, input);
    const end = { status: 'promoted', endedAt: ports.clock.now(), reason: 'every stage was healthy' } as const;
    await ports.releases.advance(input.releaseId, end);
    return emptySlot(ports, input, call);
  },
});

/**
 * Scales a slot to zero and lets autoscaling go on the other. Rule: only after proof that nothing routes here, both by
 * the written weight and by counted requests; a write that the load balancer has not applied yet looks like success.
 */
export const emptySlot = async (ports: EmptyNeeds, input: Retirement, call: Pick<Call, 'run'>) => {
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
};

const assertUnused = async (
  { traffic, signals, clock }: EmptyNeeds,
  { service, slot, drainSeconds, unroutedSince }: Retirement,
): Promise<void> => {
  const weight = (await traffic.weights(service))[slot];
  if (weight > 0)
    throw new SlotStillRouted(`slot ${slot} of ${service} still has ${weight} % of traffic`, { service, slot, weight });
  const now = clock.now();
  const from = drainStart(now, drainSeconds);
  const buckets = await signals.buckets(service, from, now);
  // A small share for a moment leaves empty buckets too: only those after the switch prove anything.
  if (from < unroutedSince || !drained(buckets, slot, now, drainSeconds))
    throw new SlotNotDrained(`slot ${slot} of ${service} answered requests in the last ${drainSeconds} s`, {
      service,
      slot,
    });
};

export const handler = lambda(retireSlot, {
  traffic: albTraffic,
  signals: cloudwatchSignals,
  cluster: eksCluster,
  releases: dynamoReleases,
  ledger: dynamoLedger,
  clock: systemClock,
});
