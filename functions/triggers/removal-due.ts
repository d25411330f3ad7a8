import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { RemovalDue } from '../../lib/contracts/events.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { controlPlane, trigger } from '../../lib/runtime/trigger.ts';

/**
 * The second of a drill's three removers: its one-shot schedule. It fires only when the run did not see its copy gone, and needs
 * neither that run nor its record: what bears the drill's mark goes. The record is ended by the reaper, which sees when nothing is left.
 */
export const removalDue = trigger({
  name: 'RemovalDue',
  event: RemovalDue,
  async run(ports: Needs<'databases' | 'drills' | 'ledger' | 'clock'>, { drill }, call) {
    const marked = (await ports.databases.drills()).filter(({ mark }) => mark?.drill === drill);
    await forEachOf(marked, ({ id }) => ports.databases.remove(id));
    const plan = (await ports.drills.find(drill))?.plan;
    const removed = marked.map(({ id }) => id);
    await record(ports, call, {
      service: plan?.database ?? controlPlane,
      key: `${drill}/removal-due`,
      kind: 'removal-due',
      says: `The run of drill ${drill} did not see its copy gone in time; its schedule removes ${removed.join(', ') || 'nothing'}`,
      data: { drill, removed },
    });
  },
});

export const handler = lambda(removalDue, {
  databases: rdsDatabases,
  drills: dynamoDrills,
  ledger: dynamoLedger,
  clock: systemClock,
});
