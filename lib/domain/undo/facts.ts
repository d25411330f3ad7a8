import type { Lease } from '../../contracts/lease.ts';
import type { LedgerFact } from '../../contracts/ledger.ts';
import type { RunId, ServiceName } from '../../contracts/names.ts';
import type { TargetChoice, UndoPlan } from '../../contracts/rollback.ts';

type Fact = Pick<LedgerFact, 'service' | 'key' | 'kind' | 'says' | 'data'>;

/* Facts of the way back. Each may be written twice, early if the ledger is well and again at the end: one key, one fact. */

export const targetChosen = (run: RunId, choice: TargetChoice, service: ServiceName): Fact => ({
  service,
  key: `${run}/target`,
  kind: 'undo-chosen',
  says: choice.action === 'undo' ? goingBack(choice.undo) : `Nothing to undo: ${choice.reason}`,
  data: { choice },
});

const goingBack = ({ releaseId, to, reason }: UndoPlan): string =>
  `Traffic of ${releaseId} goes back to ${to.releaseId} in slot ${to.slot}, because ${reason}`;

export const leaseTakenOver = (run: RunId, lease: Lease, service: ServiceName): Fact => ({
  service,
  key: `${run}/lease`,
  kind: 'lease-taken-over',
  says: `${lease.holder} took ${service} over with fencing token ${lease.token}`,
  data: { lease },
});
