import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { postgresContents } from '../../lib/adapters/postgres/contents.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { ScheduleDue } from '../../lib/contracts/events.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** Every minute, a row in every database: how far a copy reaches is told by the newest that it has. */
export const sentinelDue = trigger({
  name: 'SentinelDue',
  event: ScheduleDue,
  async run({ catalogs, contents, clock }: Needs<'catalogs' | 'contents' | 'ledger' | 'clock'>) {
    const { databases } = await catalogs.current();
    await forEachOf(databases, ({ instance }) => contents.writeSentinel(instance, clock.now()));
  },
});

export const handler = lambda(sentinelDue, {
  catalogs: bundledCatalogs,
  contents: postgresContents,
  ledger: dynamoLedger,
  clock: systemClock,
});
