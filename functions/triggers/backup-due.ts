import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { type BackupRequest, backupIdOf } from '../../lib/contracts/backup.ts';
import { ScheduleDue } from '../../lib/contracts/events.ts';
import { requestIdAt } from '../../lib/domain/recovery/due.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** Every day, every database of the catalog. The same tick twice is one run for each. */
export const backupDue = trigger({
  name: 'BackupDue',
  event: ScheduleDue,
  async run({ catalogs, machines }: Needs<'catalogs' | 'machines' | 'ledger' | 'clock'>, { time }) {
    const { databases } = await catalogs.current();
    const requestId = requestIdAt(time);
    await forEachOf(databases, ({ name: database }) => {
      const wish: BackupRequest = { database, requestedBy: 'evenkeel', requestId };
      return machines.start('backup', backupIdOf(database, requestId), wish);
    });
  },
});

export const handler = lambda(backupDue, {
  catalogs: bundledCatalogs,
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
