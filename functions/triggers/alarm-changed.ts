import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { AlarmChanged } from '../../lib/contracts/events.ts';
import { fromCloudWatch } from '../../lib/domain/remediation/from-cloudwatch.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { answerChange } from '../../lib/runtime/answer-change.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** CloudWatch says that an alarm changed. `AlarmRaised`, beside this, undoes the release that the alarm guards. */
export const alarmChanged = trigger({
  name: 'AlarmChanged',
  event: AlarmChanged,
  async run(ports: Needs<'catalogs' | 'incidents' | 'machines' | 'ledger' | 'clock'>, event) {
    await answerChange(ports, fromCloudWatch(event, await ports.catalogs.current()));
  },
});

export const handler = lambda(alarmChanged, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
