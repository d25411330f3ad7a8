import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { ScheduleDue } from '../../lib/contracts/events.ts';
import { type ReconcileWish, reconcileNameOf } from '../../lib/contracts/reconcile.ts';
import { requestIdAt } from '../../lib/domain/recovery/due.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** Every few minutes: was anything lost? The same tick twice is one run. */
export const reconcileDue = trigger({
  name: 'ReconcileDue',
  event: ScheduleDue,
  async run({ machines }: Needs<'machines' | 'ledger' | 'clock'>, { time }) {
    const wish: ReconcileWish = { requestedBy: 'evenkeel', requestId: requestIdAt(time) };
    await machines.start('reconcile', reconcileNameOf(wish.requestId), wish);
  },
});

export const handler = lambda(reconcileDue, { machines: sfnMachines, ledger: dynamoLedger, clock: systemClock });
