import { dynamoBackups } from '../../lib/adapters/dynamodb/backups.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { recoveryPolicyOf } from '../../lib/catalog/find-database.ts';
import { ScheduleDue } from '../../lib/contracts/events.ts';
import { watchBackups } from '../../lib/domain/recovery/watch-backups.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** How many backups are looked at: a month of daily ones. */
const lookBack = 30;

/**
 * Says every quarter of an hour what is wrong with the backups on record, also when nobody takes any. serverless/backup-alarms.ts
 * makes alarms of the line; when it does not come, they ring as well.
 */
export const freshnessDue = trigger({
  name: 'FreshnessDue',
  event: ScheduleDue,
  async run({ catalogs, backups, clock }: Needs<'catalogs' | 'backups' | 'ledger' | 'clock'>, _, { log }) {
    const catalog = await catalogs.current();
    await forEachOf(catalog.databases, async (database) => {
      const recent = await backups.recent(database.name, lookBack);
      const watch = watchBackups(recent, recoveryPolicyOf(catalog, database), clock.now());
      const counts = Object.fromEntries(Object.entries(watch).map(([name, reasons]) => [name, reasons.length]));
      log.info('backups watched', { database: database.name, ...counts, reasons: Object.values(watch).flat() });
    });
  },
});

export const handler = lambda(freshnessDue, {
  catalogs: bundledCatalogs,
  backups: dynamoBackups,
  ledger: dynamoLedger,
  clock: systemClock,
});
