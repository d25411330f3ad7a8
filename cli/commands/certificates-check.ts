import { requestCheck } from '../operations/certificates.ts';
import { contextOf, type Registration } from './command.ts';
import { followWish, type WishOptions, wishCommand, wishOf } from './wish.ts';

type Options = WishOptions & { controls?: boolean };

const examples = [
  'certificates check              look at all of them now',
  'certificates check --controls   and see whether what is known to be broken is found',
];

/** Exit code: 0 when nothing went bad that was not bad before, 1 anything else. */
export const certificatesCheckCommand: Registration = (host, finish) =>
  wishCommand({
    name: 'check',
    summary: 'look at every certificate now, do what is due, and follow that to its end',
    examples,
  })
    .option('--controls', 'also ask the endpoints that must go red')
    .action(async (options: Options) => {
      const context = contextOf(host, options);
      const plane = await context.plane();
      const wish = await requestCheck(plane, { ...wishOf(host, plane, options), controls: options.controls ?? false });
      const subject = {
        service: 'evenkeel',
        of: 'control-plane',
        name: wish.name,
        machine: 'certificate-check',
      } as const;
      finish(await followWish(context, { subject, wish, does: 'looks at all certificates', options }));
    });
