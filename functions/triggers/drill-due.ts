import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import type { DatabaseName } from '../../lib/contracts/database.ts';
import { type DrillRequest, drillIdOf } from '../../lib/contracts/drill.ts';
import { ScheduleDue } from '../../lib/contracts/events.ts';
import type { Instant } from '../../lib/contracts/instant.ts';
import { damageAt, requestIdAt } from '../../lib/domain/recovery/due.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** Every month, for every database: what would be restored now, and a copy that is damaged on purpose. */
export const drillDue = trigger({
  name: 'DrillDue',
  event: ScheduleDue,
  async run({ catalogs, machines }: Needs<'catalogs' | 'machines' | 'ledger' | 'clock'>, { time }) {
    const { databases } = await catalogs.current();
    const wishes = databases.flatMap(({ name }) => wishesOf(name, time));
    await forEachOf(wishes, (wish) => machines.start('restore-test', drillIdOf(wish.database, wish.requestId), wish));
  },
});

const wishesOf = (database: DatabaseName, dueAt: Instant): DrillRequest[] => {
  const requestId = requestIdAt(dueAt);
  const wish = { database, choose: { kind: 'newest' as const }, requestedBy: 'evenkeel', requestId };
  return [wish, { ...wish, damage: damageAt(dueAt), requestId: `${requestId}c` }];
};

export const handler = lambda(drillDue, {
  catalogs: bundledCatalogs,
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
