import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { certificateCheckNameOf } from '../../lib/contracts/certificate.ts';
import { ScheduleDue } from '../../lib/contracts/events.ts';
import { dueCheck } from '../../lib/domain/certificates/due.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** Every hour; the first time in a month also whether the check itself sees what is broken. The same tick twice is one run. */
export const certificatesDue = trigger({
  name: 'CertificatesDue',
  event: ScheduleDue,
  async run({ catalogs, machines }: Needs<'catalogs' | 'machines' | 'ledger' | 'clock'>, { time }) {
    const { certificates } = await catalogs.current();
    if (!certificates) return;
    const wish = dueCheck(time, certificates.controls !== undefined);
    await machines.start('certificate-check', certificateCheckNameOf(wish.requestId), wish);
  },
});

export const handler = lambda(certificatesDue, {
  catalogs: bundledCatalogs,
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
