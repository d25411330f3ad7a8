import { dynamoDrills } from '../../lib/adapters/dynamodb/drills.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { rdsDatabases } from '../../lib/adapters/rds/databases.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { drillInstanceOf } from '../../lib/contracts/drill.ts';
import { RemovalDue } from '../../lib/contracts/events.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { controlPlane, trigger } from '../../lib/runtime/trigger.ts';

/**
 * The second of a drill's three removers: its one-shot schedule. It fires only when the run did not see its copy gone, and needs
 * nothing of that run. The record is ended by the reaper, which sees when nothing is left.
 */
export const removalDue = trigger({
  name: 'RemovalDue',
  event: RemovalDue,
  async run(ports: Needs<'databases' | 'drills' | 'ledger' | 'clock'>, { drill }, call) {
    const plan = (await ports.drills.find(drill))?.plan;
    const instance = plan?.instance ?? drillInstanceOf(drill);
    await ports.databases.remove(instance);
    await record(ports, call, {
      service: plan?.database ?? controlPlane,
      key: `${drill}/removal-due`,
      kind: 'removal-due',
      says: `The run of drill ${drill} did not see its copy gone in time; its schedule removes ${instance}`,
      data: { drill, instance },
    });
  },
});

export const handler = lambda(removalDue, {
  databases: rdsDatabases,
  drills: dynamoDrills,
  ledger: dynamoLedger,
  clock: systemClock,
});
