import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { certificateCheckNameOf } from '../../lib/contracts/certificate.ts';
import { CertificateChanged } from '../../lib/contracts/events.ts';
import { checkAfter } from '../../lib/domain/certificates/due.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** ACM says that something about a certificate changed: everything is looked at now, not at the next hour. */
export const certificateChanged = trigger({
  name: 'CertificateChanged',
  event: CertificateChanged,
  async run({ catalogs, machines }: Needs<'catalogs' | 'machines' | 'ledger' | 'clock'>, { id }) {
    const { certificates } = await catalogs.current();
    if (!certificates) return;
    const wish = checkAfter(id);
    await machines.start('certificate-check', certificateCheckNameOf(wish.requestId), wish);
  },
});

export const handler = lambda(certificateChanged, {
  catalogs: bundledCatalogs,
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
