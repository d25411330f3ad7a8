import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { AlarmTold } from '../../lib/contracts/events.ts';
import { fromTopic } from '../../lib/domain/remediation/from-topic.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { answerChange } from '../../lib/runtime/answer-change.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** Somebody tells of an alarm on the topic of alarms: CloudWatch, or Alertmanager. */
export const alarmTold = trigger({
  name: 'AlarmTold',
  event: AlarmTold,
  async run(ports: Needs<'catalogs' | 'incidents' | 'machines' | 'ledger' | 'clock'>, { Records }) {
    const known = await ports.catalogs.current();
    const changes = Records.flatMap(({ Sns }) => fromTopic(Sns.Message, known));
    await forEachOf(changes, (change) => answerChange(ports, change));
  },
});

export const handler = lambda(alarmTold, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
