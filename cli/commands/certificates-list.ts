import { exitCodes } from '../exit-codes.ts';
import { listCertificates } from '../operations/certificates.ts';
import { certificatesTable } from '../output/certificates.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';

/** Exit code: 0 when all are OK, 1 when one is not. */
export const certificatesListCommand: Registration = (host, finish) =>
  newCommand({
    name: 'list',
    summary: 'every certificate and place, the worst first: health, share of life left, where it is served',
    examples: ['certificates', 'certificates list --json'],
  }).action(async (options: CommonOptions) => {
    const { output, plane } = contextOf(host, options);
    const certificates = await listCertificates(await plane());
    const text = certificatesTable(certificates, output.style);
    output.result(
      { certificates },
      text || 'nothing is known of certificates yet; look at them with: evenkeel certificates check',
    );
    finish(certificates.every(({ health }) => health === 'OK') ? exitCodes.ok : exitCodes.failed);
  });
