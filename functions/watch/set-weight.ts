import * as v from 'valibot';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { albTraffic } from '../../lib/adapters/elbv2/traffic.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import { Stage } from '../../lib/contracts/policy.ts';
import { Plan } from '../../lib/contracts/release.ts';
import { weightsTowards } from '../../lib/domain/traffic/weights.ts';
import { requestsPerSecond } from '../../lib/domain/watch/counts.ts';
import { describeDetection, statedDetection } from '../../lib/domain/watch/detection.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type WeightNeeds = Needs<'traffic' | 'signals' | 'releases' | 'ledger' | 'clock'>;

/** How far back present traffic is looked up for the stated detection time. */
const lookBackSeconds = 60;

/** Moves one stage's share of traffic to the new slot. Says beforehand how soon the watch can see which fault. */
export const setWeight = step({
  name: 'SetWeight',
  input: v.object({ plan: Plan, token: v.number(), stage: Stage }),
  output: v.object({ switchedAt: Instant }),
  async run(ports: WeightNeeds, { plan, token, stage }, call) {
    const { service, releaseId, idleSlot } = plan;
    await stateDetection(ports, plan, stage, call);
    const release = await ports.releases.find(releaseId);
    if (release?.status === 'planned') await ports.releases.advance(releaseId, { status: 'shifting' });
    await ports.traffic.shift(service, weightsTowards(idleSlot, stage.weight), token);
    const says = `${stage.weight} % of traffic goes to slot ${idleSlot}, watched for at least ${stage.holdSeconds} s`;
    await record(ports, call, {
      service,
      key: `${call.run}/weight-${stage.weight}`,
      kind: 'shifted',
      says,
      data: { stage },
    });
    return { switchedAt: ports.clock.now() };
  },
});

const stateDetection = async (ports: WeightNeeds, plan: Plan, stage: Stage, call: { run: string }): Promise<void> => {
  const now = ports.clock.now();
  const buckets = await ports.signals.buckets(plan.service, plusSeconds(now, -lookBackSeconds), now);
  const share = stage.weight / 100;
  const rate = requestsPerSecond(buckets, lookBackSeconds) * share;
  const detections = statedDetection(plan.policy.watch, { requestsPerSecond: rate, share });
  const says = `At ${stage.weight} %, ${rate.toFixed(1)} requests/s: ${describeDetection(detections)}`;
  await record(ports, call, {
    service: plan.service,
    key: `${call.run}/detection-${stage.weight}`,
    kind: 'detection-stated',
    says,
    data: { detections },
  });
};

export const handler = lambda(setWeight, {
  traffic: albTraffic,
  signals: cloudwatchSignals,
  releases: dynamoReleases,
  ledger: dynamoLedger,
  clock: systemClock,
});
