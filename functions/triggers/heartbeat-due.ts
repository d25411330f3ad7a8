import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { crossRegionHeartbeats } from '../../lib/adapters/failover/heartbeats.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { ScheduleDue } from '../../lib/contracts/events.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** Every minute, for every database that has a second region: how much of what stands before it is well. */
export const heartbeatDue = trigger({
  name: 'HeartbeatDue',
  event: ScheduleDue,
  async run({ catalogs, heartbeats }: Needs<'catalogs' | 'heartbeats' | 'ledger' | 'clock'>) {
    const { databases } = await catalogs.current();
    const watched = databases.filter(({ failover }) => failover !== undefined);
    await forEachOf(watched, async ({ name, services }) => {
      await heartbeats.send(name, await heartbeats.healthyTargets(services));
    });
  },
});

export const handler = lambda(heartbeatDue, {
  catalogs: bundledCatalogs,
  heartbeats: crossRegionHeartbeats,
  ledger: dynamoLedger,
  clock: systemClock,
});
