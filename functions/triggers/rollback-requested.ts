import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RollbackRequested } from '../../lib/contracts/events.ts';
import { rollbackNameOf } from '../../lib/contracts/names.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** A person wants the last good release back, also while another one is being deployed. */
export const rollbackRequested = trigger({
  name: 'RollbackRequested',
  event: RollbackRequested,
  async run({ machines }: Needs<'machines' | 'ledger' | 'clock'>, { detail }) {
    const { service, requestedBy, reason, requestId } = detail;
    await machines.start('rollback', rollbackNameOf(service, requestId), {
      kind: 'manual',
      service,
      requestedBy,
      reason,
    });
  },
});

export const handler = lambda(rollbackRequested, { machines: sfnMachines, ledger: dynamoLedger, clock: systemClock });
