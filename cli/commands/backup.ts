import { exitCodes } from '../exit-codes.ts';
import { requestBackup } from '../operations/backup.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { followRun } from './follow-run.ts';
import { asOption, requestIdOption, type WishOptions, wishOf } from './wish.ts';

type Options = CommonOptions & WishOptions & { wait: boolean };

const examples = ['backup mcp-ui', 'backup mcp-ui --target aws --request-id before-migration-42 --json'];

/** Exit code: 0 complete (and unproven until a drill restored it), 1 anything else. */
export const backupCommand: Registration = (host, finish) =>
  newCommand({ name: 'backup', summary: 'back a database up and follow it to its end', examples })
    .argument('<database>', 'a database of the catalog')
    .option('--no-wait', 'return as soon as the wish was taken')
    .option(...asOption)
    .option(...requestIdOption)
    .action(async (database: string, options: Options) => {
      const context = contextOf(host, options);
      const plane = await context.plane();
      const wish = await requestBackup(plane, { database, ...wishOf(host, plane, options) });
      const { output } = context;
      output.event({ type: 'requested', ...wish }, `${output.style.bold(wish.name)} backs ${database} up`);
      if (options.wait)
        return finish(
          await followRun(context, { service: database, of: 'database', name: wish.name, machine: 'backup' }),
        );
      output.note(`Follow it with: evenkeel watch ${wish.name}`);
      finish(exitCodes.ok);
    });
