import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { sfnMachines } from '../../lib/adapters/sfn/machines.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { certificateCheckNameOf } from '../../lib/contracts/certificate.ts';
import { CertificateCheckRequested } from '../../lib/contracts/events.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { trigger } from '../../lib/runtime/trigger.ts';

/** A person wants to know now. */
export const certificateCheckRequested = trigger({
  name: 'CertificateCheckRequested',
  event: CertificateCheckRequested,
  async run({ machines }: Needs<'machines' | 'ledger' | 'clock'>, { detail }) {
    await machines.start('certificate-check', certificateCheckNameOf(detail.requestId), detail);
  },
});

export const handler = lambda(certificateCheckRequested, {
  machines: sfnMachines,
  ledger: dynamoLedger,
  clock: systemClock,
});
