import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { DeployRequested } from '../../lib/contracts/events.ts';
import { releaseIdOf } from '../../lib/contracts/names.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** CI, a command line or chat asks for a release. The same request twice is one run. */
export const deployRequested = trigger({
  name: 'DeployRequested',
  event: DeployRequested,
  async run({ machines }: Needs<'machines' | 'ledger' | 'clock'>, { detail }) {
    await machines.start('deployment', releaseIdOf(detail.service, detail.requestId), detail);
  },
});

export const handler = lambda(deployRequested, { machines: sfnMachines, ledger: dynamoLedger, clock: systemClock });
