import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { drillIdOf } from '../../lib/contracts/drill.ts';
import { DrillRequested } from '../../lib/contracts/events.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** Somebody asks for a drill. The same request twice is one run. */
export const drillRequested = trigger({
  name: 'DrillRequested',
  event: DrillRequested,
  async run({ machines }: Needs<'machines' | 'ledger' | 'clock'>, { detail }) {
    await machines.start('restore-test', drillIdOf(detail.database, detail.requestId), detail);
  },
});

export const handler = lambda(drillRequested, { machines: sfnMachines, ledger: dynamoLedger, clock: systemClock });
