import type { Evidence } from '../../contracts/evidence.ts';
import type { FailoverOutcome, FailoverPlan, Fencing, Witness } from '../../contracts/failover.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { LedgerFact } from '../../contracts/ledger.ts';
import type { Message } from '../../contracts/message.ts';
import type { RunId } from '../../contracts/names.ts';

type Fact = Pick<LedgerFact, 'service' | 'key' | 'kind' | 'says' | 'data'>;

/** Also of a run that is refused: who said what is on record first. */
export const witnessesHeard = (run: RunId, database: string, witnesses: readonly Witness[]): Fact => ({
  service: database,
  key: `${run}/witnesses`,
  kind: 'witnesses-heard',
  says: witnesses.map(({ name, saw, reason }) => `${name} says ${saw} (${reason})`).join('; ') || 'nobody was asked',
  data: { witnesses },
});

export const failoverPlanned = (run: RunId, plan: FailoverPlan): Fact => ({
  service: plan.database,
  key: `${run}/planned`,
  kind: 'failover-planned',
  says:
    plan.mode === 'drill'
      ? `A drill restores ${plan.target} in the second region and moves ${plan.records.join(', ')}, because ${plan.reason}`
      : `${plan.replica} takes the place of ${plan.old}, asked for by ${plan.requestedBy} because ${plan.reason}; nobody has to approve by policy`,
  data: { plan },
});

export const oldWriterFenced = (run: RunId, { database, old }: FailoverPlan, fencing: Fencing): Fact => ({
  service: database,
  key: `${run}/fenced`,
  kind: 'writer-fenced',
  says: `${old}: ${fencing.reason}`,
  data: { fencing },
});

export const failoverEnded = (run: RunId, database: string, outcome: FailoverOutcome): Fact => ({
  service: database,
  key: `${run}/ended`,
  kind: 'ended',
  says: `Failover ended: ${outcome.status}, ${outcome.reason}`,
  data: { status: outcome.status, outcome },
});

/** The one message that closes a run; its id comes from the run, so it is told once. */
export const failoverMessage = (
  name: string,
  database: string,
  { status, reason, failBack, absent }: FailoverOutcome,
  at: Instant,
): Message => ({
  id: `closing-${name}`,
  service: database,
  kind: absent === false ? 'orphan' : absent === null ? 'ended' : 'drill',
  subject: `${database}: ${name} ${status}`,
  body: [reason, ...failBack.map((step, at) => `${at + 1}. ${step}`)].join('\n'),
  at,
});

export const failoverSealed = (run: RunId, { database, sequence, hash, signature }: Evidence): Fact => ({
  service: database,
  key: `${run}/evidence`,
  kind: 'failover-sealed',
  says: `The outcome is evidence ${sequence} of ${database}, signed with ${signature.keyId}`,
  data: { sequence, hash },
});
