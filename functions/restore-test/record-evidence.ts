import * as v from 'valibot';
import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { kmsSigner } from '../../lib/adapters/kms/signer.ts';
import { s3EvidenceVault } from '../../lib/adapters/s3/evidence-vault.ts';
import { schedulerRemovals } from '../../lib/adapters/scheduler/removals.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { type Drill, type DrillOutcome, type DrillPlan, drillIdOf } from '../../lib/contracts/drill.ts';
import { DrillEnd } from '../../lib/contracts/drill-end.ts';
import { CheckerBlind, DrillFailed, OrphanLeft } from '../../lib/contracts/failures.ts';
import { Verdict } from '../../lib/contracts/verdict.ts';
import { failureOf, outcomeAt } from '../../lib/domain/recovery/end-of-drill.ts';
import { drillMessage, drillRefusedMessage, orphanMessage } from '../../lib/domain/recovery/messages.ts';
import { proofOf } from '../../lib/domain/recovery/proof.ts';
import { readCause } from '../../lib/domain/release/read-cause.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { seal } from '../../lib/runtime/seal.ts';
import { step } from '../../lib/runtime/task.ts';

type EndNeeds = Needs<'backups' | 'drills' | 'removals' | 'evidence' | 'signer' | 'ledger' | 'outbox' | 'clock'>;
type Planned = { plan: DrillPlan; policy: NonNullable<DrillEnd['policy']> };

const failures = { CheckerBlind, DrillFailed, OrphanLeft };

/**
 * The end of a drill: sealed, kept, told. Whatever is not a healthy copy that is gone again fails the run, after all was recorded, so
 * that the alarm on failed runs rings.
 */
export const recordEvidence = step({
  name: 'RecordEvidence',
  input: DrillEnd,
  output: v.object({ verdict: Verdict, reason: v.string() }),
  async run(ports: EndNeeds, end, call) {
    const { plan, policy } = end;
    if (!plan || !policy) return refuse(ports, end, call);
    const outcome = await sealed(ports, plan, outcomeAt({ plan, policy }, end, ports.clock.now()));
    await settle(ports, plan, outcome);
    await tell(ports, { plan, policy }, outcome);
    await record(ports, call, {
      service: plan.database,
      key: `${call.run}/ended`,
      kind: 'ended',
      says: `Drill ${plan.drill} ended: ${outcome.verdict}, ${outcome.reason}`,
      data: { status: outcome.verdict, drill: plan.drill, outcome, stuck: end.stuck },
    });
    // Last: a one-shot remover that nobody can let go finds nothing, and must not keep the end from being recorded and told.
    if (outcome.absent) await ports.removals.disarm(plan.drill);
    const failure = failureOf(outcome, end.failed);
    if (failure) throw new failures[failure](`${plan.drill}: ${outcome.reason}`, { drill: plan.drill });
    return { verdict: outcome.verdict, reason: outcome.reason };
  },
});

/** A repeated step finds the evidence that it kept, and goes on with what that says. */
const sealed = async (ports: EndNeeds, plan: DrillPlan, outcome: DrillOutcome): Promise<DrillOutcome> => {
  const drill: Drill = { plan, status: outcome.absent ? 'ended' : 'open', outcome };
  const kept = await seal(ports, plan.database, { drill });
  return kept.drill?.outcome ?? outcome;
};

/** Rule: the record is ended only when the copy was seen to be gone. */
const settle = async ({ backups, drills }: EndNeeds, plan: DrillPlan, outcome: DrillOutcome) => {
  const proof = proofOf(plan, outcome);
  if (plan.proves !== undefined && proof) await backups.change(plan.proves, { proof });
  if (!outcome.absent) return;
  // Opened here only if the run failed before it was.
  await drills.open({ plan, status: 'open' });
  await drills.end(plan.drill, outcome);
};

const tell = async ({ outbox, clock }: EndNeeds, { plan, policy }: Planned, outcome: DrillOutcome): Promise<void> => {
  const now = clock.now();
  await outbox.enqueue(drillMessage(plan, outcome, now));
  if (!outcome.absent) await outbox.enqueue(orphanMessage({ plan }, policy.drill.hourlyUsd, now));
};

/** Nothing was chosen, so nothing was made: there is no evidence of anything, and somebody must know that. */
const refuse = async (ports: EndNeeds, { wish, failed }: DrillEnd, call: Call): Promise<never> => {
  const drill = drillIdOf(wish.database, wish.requestId);
  const reason = failed ? readCause(failed).reason : 'there was no plan';
  await ports.outbox.enqueue(drillRefusedMessage(wish.database, drill, reason, ports.clock.now()));
  await record(ports, call, {
    service: wish.database,
    key: `${call.run}/ended`,
    kind: 'ended',
    says: `Drill ${drill} was refused: ${reason}`,
    data: { status: 'refused', drill },
  });
  throw new DrillFailed(`${drill}: ${reason}`, { drill });
};

export const handler = lambda(recordEvidence, {
  backups: dynamoBackups,
  drills: dynamoDrills,
  removals: schedulerRemovals,
  evidence: s3EvidenceVault,
  signer: kmsSigner,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
