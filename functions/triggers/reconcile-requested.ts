import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { ReconcileRequested } from '../../lib/contracts/events.ts';
import { reconcileNameOf } from '../../lib/contracts/reconcile.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** A person wants it looked at now. */
export const reconcileRequested = trigger({
  name: 'ReconcileRequested',
  event: ReconcileRequested,
  async run({ machines }: Needs<'machines' | 'ledger' | 'clock'>, { detail }) {
    await machines.start('reconcile', reconcileNameOf(detail.requestId), detail);
  },
});

export const handler = lambda(reconcileRequested, { machines: sfnMachines, ledger: dynamoLedger, clock: systemClock });
