import * as v from 'valibot';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { kmsSigner } from '../../lib/adapters/kms/signer.ts';
import { s3EvidenceVault } from '../../lib/adapters/s3/evidence-vault.ts';
import { schedulerRemovals } from '../../lib/adapters/scheduler/removals.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import {
  FailoverOutcome,
  FailoverPlan,
  FailoverVerified,
  FailoverWish,
  Fencing,
} from '../../lib/contracts/failover.ts';
import { FailoverFailed } from '../../lib/contracts/failures.ts';
import { databaseLeaseOf, failoverDrillLeaseOf, leaseOf } from '../../lib/contracts/lease.ts';
import { Failed } from '../../lib/contracts/rollback.ts';
import { drillOf, endedDrill } from '../../lib/domain/failover/copy-of.ts';
import { failoverEnded, failoverMessage, failoverSealed } from '../../lib/domain/failover/facts.ts';
import { outcomeOf } from '../../lib/domain/failover/outcome.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { seal } from '../../lib/runtime/seal.ts';
import { step } from '../../lib/runtime/task.ts';

type OutcomeNeeds = Needs<'leases' | 'drills' | 'removals' | 'evidence' | 'ledger' | 'outbox' | 'signer' | 'clock'>;

const End = v.object({
  name: v.string(),
  wish: FailoverWish,
  plan: v.nullable(FailoverPlan),
  fencing: v.nullable(Fencing),
  verified: v.nullable(FailoverVerified),
  failed: v.nullable(Failed),
  absent: v.nullable(v.boolean()),
});
type End = v.InferOutput<typeof End>;

/**
 * The end of a failover or of its drill: drill record, lease, ledger, message, and evidence of it all. Whatever was not a success
 * fails the run, after it was recorded and told, so that the alarm on failed runs rings.
 */
export const recordOutcome = step({
  name: 'RecordOutcome',
  input: End,
  output: FailoverOutcome,
  async run(ports: OutcomeNeeds, end, call) {
    const { name, wish } = end;
    const outcome = outcomeOf(end);
    await giveLeasesBack(ports, end);
    await endDrill(ports, end, outcome);
    await record(ports, call, failoverEnded(call.run, wish.database, outcome));
    await ports.outbox.enqueue(failoverMessage(name, wish.database, outcome, ports.clock.now()));
    // Last: people must hear how a failover ended also when nothing can be sealed.
    if (wish.mode === 'real') await sealFailover(ports, end, outcome, call);
    if (outcome.status === 'failed' || outcome.status === 'refused')
      throw new FailoverFailed(`${wish.database}: ${name} ${outcome.status}: ${outcome.reason}`, { name });
    return outcome;
  },
});

/** Rule: the record is ended, and the one-shot remover let go, only when the copy was seen to be gone. The reaper ends the others. */
const endDrill = async (ports: OutcomeNeeds, { plan, absent }: End, outcome: FailoverOutcome): Promise<void> => {
  if (!plan?.copy || !absent) return;
  const { copy, database } = plan;
  const kept = await seal(ports, database, { drill: endedDrill(plan, copy, outcome, ports.clock.now()) });
  await ports.drills.open(drillOf(plan, copy));
  if (kept.drill?.outcome) await ports.drills.end(copy.drill, kept.drill.outcome);
  await ports.removals.disarm(copy.drill);
};

/** Also of one that was refused: who said what, and that nothing was done. */
const sealFailover = async (ports: OutcomeNeeds, end: End, outcome: FailoverOutcome, call: Call): Promise<void> => {
  const { name, wish, plan, fencing, verified } = end;
  const failover = { name, wish, plan, fencing, verified, outcome, endedAt: ports.clock.now() };
  const evidence = await seal(ports, wish.database, { failover });
  await record(ports, call, failoverSealed(call.run, evidence));
};

/** Of the database, and of services whose pods were being filled when a step died. */
const giveLeasesBack = async ({ leases }: OutcomeNeeds, { name, wish, plan }: End): Promise<void> => {
  const ofServices = (plan?.dependants ?? []).map(({ service }) => leaseOf(service));
  for (const resource of [databaseLeaseOf(wish.database), failoverDrillLeaseOf(wish.database), ...ofServices]) {
    const lease = await leases.current(resource);
    if (lease?.holder === name) await leases.release(lease);
  }
};

export const handler = lambda(recordOutcome, {
  leases: dynamoLeases,
  drills: dynamoDrills,
  removals: schedulerRemovals,
  evidence: s3EvidenceVault,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  signer: kmsSigner,
  clock: systemClock,
});
