import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { UndoNotVerified } from '../../lib/contracts/failures.ts';
import { Lease, leaseOf } from '../../lib/contracts/lease.ts';
import { undoNameOf } from '../../lib/contracts/names.ts';
import { type Release, ReleaseStatus } from '../../lib/contracts/release.ts';
import { Failed, RollbackInput, UndoPlan, Verified } from '../../lib/contracts/rollback.ts';
import { closingMessage } from '../../lib/domain/messages/closing-message.ts';
import { readCause } from '../../lib/domain/release/read-cause.ts';
import { endOfUndo } from '../../lib/domain/undo/end-of-undo.ts';
import { leaseTakenOver, targetChosen } from '../../lib/domain/undo/facts.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type OutcomeNeeds = Needs<'releases' | 'leases' | 'ledger' | 'outbox' | 'clock'>;

const Outcome = v.object({
  name: v.string(),
  wish: RollbackInput,
  undo: v.nullable(UndoPlan),
  verified: v.nullable(Verified),
  failed: v.nullable(Failed),
  lease: v.nullable(Lease),
});
type Outcome = v.InferOutput<typeof Outcome>;

/** The end of a rollback and of the release that it took back. Gives the lease back whatever happened. */
export const recordOutcome = step({
  name: 'RecordOutcome',
  input: Outcome,
  output: v.object({ status: v.picklist([...ReleaseStatus.options, 'nothing-to-undo']), reason: v.string() }),
  async run(ports: OutcomeNeeds, outcome, call) {
    const { wish, undo, verified, failed, lease } = outcome;
    const releaseId = undo?.releaseId ?? (wish.kind === 'undo' ? wish.releaseId : outcome.name);
    const release = await ports.releases.find(releaseId);
    const reason = reasonOf(outcome);
    const status = undo || failed ? endOfUndo(release, verified !== null) : 'nothing-to-undo';
    const endedAt = ports.clock.now();
    if (release && status !== 'nothing-to-undo') {
      await ports.releases.advance(releaseId, {
        status,
        endedAt,
        reason,
        ...(verified?.timeToSafeMs ? { timeToSafeMs: verified.timeToSafeMs } : {}),
      });
    }
    await rememberBad(ports, outcome, release);
    await giveLeaseBack(ports, outcome, releaseId);
    const message = {
      service: wish.service,
      status: (await ports.releases.find(releaseId))?.status ?? status,
      reason,
      at: endedAt,
    };
    await ports.outbox.enqueue(closingMessage({ ...message, id: releaseId }));
    if (wish.kind === 'manual' && releaseId !== outcome.name)
      await ports.outbox.enqueue(closingMessage({ ...message, status, id: outcome.name }));
    // The way back did not wait for the ledger; what it could not write then is written now.
    if (undo) await record(ports, call, targetChosen(call.run, { action: 'undo', undo }, wish.service));
    if (lease) await record(ports, call, leaseTakenOver(call.run, lease, wish.service));
    const says = `Rollback ended: ${status}, ${reason}`;
    await record(ports, call, {
      service: wish.service,
      key: `${call.run}/ended`,
      kind: 'ended',
      says,
      data: { status, releaseId, failed },
    });
    // The one end that needs a person: alarms watch for failed executions.
    if (status === 'failed') throw new UndoNotVerified(`${wish.service}: ${reason}`, { releaseId });
    return { status, reason };
  },
});

/** Why traffic went back, and what went wrong on the way. */
const reasonOf = ({ undo, failed }: Outcome): string => {
  const reasons = [undo?.reason, failed && readCause(failed).reason].filter((reason) => typeof reason === 'string');
  return reasons.length > 0 ? reasons.join('; then ') : 'nothing to undo';
};

/** RestoreLive does it when all went well. An undo that got stuck must not make us forget what is wrong with the version. */
const rememberBad = async ({ releases }: OutcomeNeeds, { wish, undo }: Outcome, release: Release | undefined) => {
  const against = undo ?? (wish.kind === 'undo' ? readCause(wish.failed) : undefined);
  const digest = undo?.from.digest ?? release?.digest;
  if (against?.foundBad && digest) await releases.markBad(wish.service, digest, against.reason);
};

/** The holder is this rollback, the dead run of the release that it cleans up after, or the undo whose end it took over. */
const giveLeaseBack = async ({ leases }: OutcomeNeeds, { name, wish }: Outcome, releaseId: string): Promise<void> => {
  const lease = await leases.current(leaseOf(wish.service));
  const ours = [name, releaseId, ...(wish.kind === 'undo' ? [undoNameOf(releaseId)] : [])];
  if (lease && ours.includes(lease.holder)) await leases.release(lease);
};

export const handler = lambda(recordOutcome, {
  releases: dynamoReleases,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
