import { exitCodes } from '../exit-codes.ts';
import { requestRollback } from '../operations/rollback.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { followRun } from './follow-run.ts';
import { asOption, requestIdOption, type WishOptions, wishOf } from './wish.ts';

type Options = CommonOptions & WishOptions & { wait: boolean; reason: string };

const examples = [
  'rollback mcp-manager',
  'rollback mcp-manager --reason "orders are charged twice"',
  'rollback mcp-manager --target aws --no-wait',
];

/** Exit code: 0 when requests showed that traffic is back, 1 otherwise. */
export const rollbackCommand: Registration = (host, finish) =>
  newCommand({ name: 'rollback', summary: 'bring the last good release back', examples })
    .argument('<service>', 'a service of the catalog')
    .option('--reason <text>', 'why, for the record', 'asked for on the command line')
    .option('--no-wait', 'return as soon as the wish was taken')
    .option(...asOption)
    .option(...requestIdOption)
    .action(async (service: string, options: Options) => {
      const context = contextOf(host, options);
      const plane = await context.plane();
      const { reason } = options;
      const wish = await requestRollback(plane, { service, reason, ...wishOf(host, plane, options) });
      const { output } = context;
      output.event({ type: 'requested', ...wish }, `${output.style.bold(wish.name)} brings ${service} back`);
      if (options.wait) return finish(await followRun(context, { service, of: 'service', name: wish.name }));
      output.note(`Follow it with: evenkeel watch ${wish.name}`);
      finish(exitCodes.ok);
    });
