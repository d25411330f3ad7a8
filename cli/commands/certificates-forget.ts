import { exitCodes } from '../exit-codes.ts';
import { forgetCertificate } from '../operations/certificates.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { asOption } from './wish.ts';

/** Exit code: 0 when it is forgotten. What a source still knows comes back with the next check. */
export const certificatesForgetCommand: Registration = (host, finish) =>
  newCommand({
    name: 'forget',
    summary: 'say that a certificate, a place or a logged issuance is gone, or known, on purpose',
    examples: ['certificates forget acm:arn:aws:acm:…', 'certificates forget https://old.example.com:443'],
  })
    .argument('<subject>', 'as `certificates` lists it')
    .option(...asOption)
    .action(async (subject: string, options: CommonOptions & { as?: string }) => {
      const { output, plane } = contextOf(host, options);
      const forgotten = await forgetCertificate(await plane(), subject, options.as ?? host.user());
      output.result(
        { forgotten },
        `${forgotten.join(', ')}: forgotten; what a source still knows comes back with the next check`,
      );
      finish(exitCodes.ok);
    });
