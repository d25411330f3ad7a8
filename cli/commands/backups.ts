import { exitCodes } from '../exit-codes.ts';
import { assertDatabase } from '../input/database.ts';
import { backupsTable } from '../output/backups.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { type LimitOptions, limitOption } from './limit.ts';

export const backupsCommand: Registration = (host, finish) =>
  newCommand({
    name: 'backups',
    summary: 'the backups of a database, newest first, and whether each is proven',
    examples: ['backups mcp-ui', 'backups mcp-ui --limit 50 --json'],
  })
    .argument('<database>', 'a database of the catalog')
    .option(...limitOption)
    .action(async (database: string, options: CommonOptions & LimitOptions) => {
      const { output, plane } = contextOf(host, options);
      const { ports } = await plane();
      await assertDatabase(ports, database);
      const backups = await ports.backups.recent(database, options.limit);
      output.result({ database, backups }, backupsTable(backups, output.style) || `${database} has no backups yet`);
      finish(exitCodes.ok);
    });
