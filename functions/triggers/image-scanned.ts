import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { ImageScanned } from '../../lib/contracts/events.ts';
import { fromEcr } from '../../lib/domain/remediation/from-ecr.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { answerChange } from '../../lib/runtime/answer-change.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** ECR says what it found in an image, also in one that has run for long. */
export const imageScanned = trigger({
  name: 'ImageScanned',
  event: ImageScanned,
  async run(ports: Needs<'catalogs' | 'incidents' | 'machines' | 'ledger' | 'clock'>, event) {
    await answerChange(ports, fromEcr(event));
  },
});

export const handler = lambda(imageScanned, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
