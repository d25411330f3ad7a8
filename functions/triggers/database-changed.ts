import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { DatabaseChanged } from '../../lib/contracts/events.ts';
import { fromRds } from '../../lib/domain/remediation/from-rds.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { answerChange } from '../../lib/runtime/answer-change.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** RDS says what happens to a database. */
export const databaseChanged = trigger({
  name: 'DatabaseChanged',
  event: DatabaseChanged,
  async run(ports: Needs<'catalogs' | 'incidents' | 'machines' | 'ledger' | 'clock'>, event) {
    await answerChange(ports, fromRds(event, await ports.catalogs.current()));
  },
});

export const handler = lambda(databaseChanged, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
