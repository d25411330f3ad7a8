import * as v from 'valibot';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { httpProbe } from '../../lib/adapters/http/probe.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { findService } from '../../lib/catalog/find-service.ts';
import { LeaseLost } from '../../lib/contracts/failures.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import { leaseOf } from '../../lib/contracts/lease.ts';
import { Stage } from '../../lib/contracts/policy.ts';
import { Plan } from '../../lib/contracts/release.ts';
import { bucketStart } from '../../lib/contracts/signals.ts';
import { judgeWatch } from '../../lib/domain/watch/judge-watch.ts';
import { undoErrorOf, undoErrors } from '../../lib/domain/watch/undo-error.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type ObserveNeeds = Needs<'catalogs' | 'leases' | 'probe' | 'signals' | 'ledger' | 'clock'>;

const Observation = v.object({
  plan: Plan,
  token: v.number(),
  stage: Stage,
  lastStage: v.boolean(),
  firstShiftAt: Instant,
  switchedAt: Instant,
});
type Observation = v.InferOutput<typeof Observation>;

/** Traffic of the live slot before the shift, for the comparison. */
const baselineSeconds = 300;

/** One look at the release. `next`: this stage held; `done`: the last one did; `undo`: it must come back. */
export const observe = step({
  name: 'Observe',
  input: Observation,
  output: v.object({
    decision: v.picklist(['watch', 'next', 'done', 'undo']),
    error: v.nullable(v.picklist(undoErrors)),
    reason: v.string(),
    firstBadAt: v.nullable(Instant),
  }),
  async run(ports: ObserveNeeds, input, call) {
    await assertStillOurs(ports, input);
    const { service, smokePath, policy } = input.plan;
    const judged = judgeWatch(await factsFor(ports, input));
    const decision = judged.decision === 'pass' ? (input.lastStage ? 'done' : 'next') : judged.decision;
    if (decision !== 'watch') {
      const key = `${call.run}/${input.stage.weight}-${decision}`;
      const { seen, checks } = judged;
      await record(ports, call, {
        service,
        key,
        kind: 'observed',
        says: `At ${input.stage.weight} %: ${judged.reason}`,
        data: { decision, seen, checks },
      });
    }
    const { syntheticRequestsPerPoll } = policy.watch;
    if (judged.wantsRequests && syntheticRequestsPerPoll > 0)
      await ports.probe.public(service, syntheticRequestsPerPoll, smokePath);
    const error = decision === 'undo' ? undoErrorOf(judged, policy.watch.toleratedErrorRate) : null;
    return { decision, error, reason: judged.reason, firstBadAt: judged.firstBadAt ?? null };
  },
});

/** A watch whose release was taken over must stop before it says anything about it. */
const assertStillOurs = async ({ leases }: ObserveNeeds, { plan, token }: Observation): Promise<void> => {
  const lease = await leases.current(leaseOf(plan.service));
  if (lease?.token !== token) throw new LeaseLost(leaseOf(plan.service), token, lease?.token ?? token + 1);
};

const factsFor = async (ports: ObserveNeeds, { plan, stage, firstShiftAt, switchedAt }: Observation) => {
  const catalog = await ports.catalogs.current();
  const now = ports.clock.now();
  const shiftBucket = bucketStart(firstShiftAt);
  const [baseline, buckets, alarms] = await Promise.all([
    ports.signals.buckets(plan.service, plusSeconds(shiftBucket, -baselineSeconds), shiftBucket),
    ports.signals.buckets(plan.service, shiftBucket, now),
    ports.signals.alarms(findService(catalog, plan.service).alarms),
  ]);
  return {
    policy: plan.policy.watch,
    newSlot: plan.idleSlot,
    baseline,
    buckets,
    firstShiftAt,
    switchedAt,
    weight: stage.weight,
    holdSeconds: stage.holdSeconds,
    now,
    alarms,
  };
};

export const handler = lambda(observe, {
  catalogs: bundledCatalogs,
  leases: dynamoLeases,
  probe: httpProbe,
  signals: cloudwatchSignals,
  ledger: dynamoLedger,
  clock: systemClock,
});
