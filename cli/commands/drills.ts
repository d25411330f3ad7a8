import { exitCodes } from '../exit-codes.ts';
import { assertDatabase } from '../input/database.ts';
import { drillsTable } from '../output/drills.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { type LimitOptions, limitOption } from './limit.ts';

export const drillsCommand: Registration = (host, finish) =>
  newCommand({
    name: 'drills',
    summary: 'the drills of a database, newest first, and what each measured',
    examples: ['drills mcp-ui', 'drills mcp-ui --limit 50 --json'],
  })
    .argument('<database>', 'a database of the catalog')
    .option(...limitOption)
    .action(async (database: string, options: CommonOptions & LimitOptions) => {
      const { output, plane } = contextOf(host, options);
      const { ports } = await plane();
      await assertDatabase(ports, database);
      const drills = await ports.drills.recent(database, options.limit);
      output.result({ database, drills }, drillsTable(drills, output.style) || `${database} has no drills yet`);
      finish(exitCodes.ok);
    });
