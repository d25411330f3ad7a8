import { requestRollback } from '../operations/rollback.ts';
import { contextOf, type Registration } from './command.ts';
import { followWish, type WishOptions, wishCommand, wishOf } from './wish.ts';

type Options = WishOptions & { reason: string };

const examples = [
  'rollback mcp-manager',
  'rollback mcp-manager --reason "orders are charged twice"',
  'rollback mcp-manager --target aws --no-wait',
];

/** Exit code: 0 when requests showed that traffic is back, 1 otherwise. */
export const rollbackCommand: Registration = (host, finish) =>
  wishCommand({ name: 'rollback', summary: 'bring the last good release back', examples })
    .argument('<service>', 'a service of the catalog')
    .option('--reason <text>', 'why, for the record', 'asked for on the command line')
    .action(async (service: string, options: Options) => {
      const context = contextOf(host, options);
      const plane = await context.plane();
      const { reason } = options;
      const wish = await requestRollback(plane, { service, reason, ...wishOf(host, plane, options) });
      const subject = { service, of: 'service', name: wish.name } as const;
      finish(await followWish(context, { subject, wish, does: `brings ${service} back`, options }));
    });
