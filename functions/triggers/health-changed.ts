import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { HealthChanged } from '../../lib/contracts/events.ts';
import { fromHealth } from '../../lib/domain/remediation/from-health.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { answerChange } from '../../lib/runtime/answer-change.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** AWS says that something of its own is not well. */
export const healthChanged = trigger({
  name: 'HealthChanged',
  event: HealthChanged,
  async run(ports: Needs<'catalogs' | 'incidents' | 'machines' | 'ledger' | 'clock'>, event) {
    await answerChange(ports, fromHealth(event));
  },
});

export const handler = lambda(healthChanged, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
