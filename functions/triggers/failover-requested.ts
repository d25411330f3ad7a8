import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { FailoverRequested } from '../../lib/contracts/events.ts';
import { failoverNameOf } from '../../lib/contracts/failover.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** A person asks for a failover or its drill. No machine ever does: whether a region is given up is decided by people. */
export const failoverRequested = trigger({
  name: 'FailoverRequested',
  event: FailoverRequested,
  async run({ machines }: Needs<'machines' | 'ledger' | 'clock'>, { detail }) {
    await machines.start('failover', failoverNameOf(detail.database, detail.requestId), detail);
  },
});

export const handler = lambda(failoverRequested, { machines: sfnMachines, ledger: dynamoLedger, clock: systemClock });
