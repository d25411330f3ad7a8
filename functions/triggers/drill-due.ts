import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { recoveryPolicyOf } from '../../lib/catalog/find-database.ts';
import type { DatabaseName } from '../../lib/contracts/database.ts';
import { type DrillRequest, drillIdOf } from '../../lib/contracts/drill.ts';
import { ScheduleDue } from '../../lib/contracts/events.ts';
import type { Instant } from '../../lib/contracts/instant.ts';
import { damageAt, requestIdAt } from '../../lib/domain/recovery/due.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/**
 * Every month, for every database: what would be restored now, some backup (old rot is in those that nobody looks at), and a copy that
 * is damaged on purpose.
 */
export const drillDue = trigger({
  name: 'DrillDue',
  event: ScheduleDue,
  async run({ catalogs, machines }: Needs<'catalogs' | 'machines' | 'ledger' | 'clock'>, { time }) {
    const catalog = await catalogs.current();
    const wishes = catalog.databases.flatMap((database) => {
      const { retention } = recoveryPolicyOf(catalog, database);
      return wishesOf(database.name, retention.days, time);
    });
    await forEachOf(wishes, (wish) => machines.start('restore-test', drillIdOf(wish.database, wish.requestId), wish));
  },
});

const wishesOf = (database: DatabaseName, withinDays: number, dueAt: Instant): DrillRequest[] => {
  const requestId = requestIdAt(dueAt);
  const newest = { database, choose: { kind: 'newest' as const }, requestedBy: 'evenkeel', requestId };
  return [
    newest,
    { ...newest, choose: { kind: 'random', withinDays }, requestId: `${requestId}r` },
    { ...newest, damage: damageAt(dueAt), requestId: `${requestId}c` },
  ];
};

export const handler = lambda(drillDue, {
  catalogs: bundledCatalogs,
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
