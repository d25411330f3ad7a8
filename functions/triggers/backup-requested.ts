import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { backupIdOf } from '../../lib/contracts/backup.ts';
import { BackupRequested } from '../../lib/contracts/events.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** Somebody asks for a backup. The same request twice is one run. */
export const backupRequested = trigger({
  name: 'BackupRequested',
  event: BackupRequested,
  async run({ machines }: Needs<'machines' | 'ledger' | 'clock'>, { detail }) {
    await machines.start('backup', backupIdOf(detail.database, detail.requestId), detail);
  },
});

export const handler = lambda(backupRequested, { machines: sfnMachines, ledger: dynamoLedger, clock: systemClock });
