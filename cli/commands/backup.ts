import { requestBackup } from '../operations/backup.ts';
import { contextOf, type Registration } from './command.ts';
import { followWish, type WishOptions, wishCommand, wishOf } from './wish.ts';

const examples = ['backup mcp-ui', 'backup mcp-ui --target aws --request-id before-migration-42 --json'];

/** Exit code: 0 complete (and unproven until a drill restored it), 1 anything else. */
export const backupCommand: Registration = (host, finish) =>
  wishCommand({ name: 'backup', summary: 'back a database up and follow it to its end', examples })
    .argument('<database>', 'a database of the catalog')
    .action(async (database: string, options: WishOptions) => {
      const context = contextOf(host, options);
      const plane = await context.plane();
      const wish = await requestBackup(plane, { database, ...wishOf(host, plane, options) });
      const subject = { service: database, of: 'database', name: wish.name, machine: 'backup' } as const;
      finish(await followWish(context, { subject, wish, does: `backs ${database} up`, options }));
    });
