import { damages } from '../../lib/contracts/drill.ts';
import { type DrillOptions, drillRequestOf } from '../input/drill-request.ts';
import { requestDrill } from '../operations/drill.ts';
import { contextOf, type Registration } from './command.ts';
import { followWish, type WishOptions, wishCommand, wishOf } from './wish.ts';

type Options = WishOptions & DrillOptions;

const examples = [
  'drill mcp-ui                              what would be restored now',
  'drill mcp-ui --at 2026-05-01T10:00:00Z    exactly that moment',
  'drill mcp-ui --random 30                  any backup of the last 30 days: finds old rot',
  'drill mcp-ui --damage dropped-table       is damage seen? Healthy when it is',
];

/** Exit code: 0 healthy and its copy gone (with `--damage`: and the damage was seen), 1 anything else. */
export const drillCommand: Registration = (host, finish) =>
  wishCommand({ name: 'drill', summary: 'restore a copy, check it, remove it, and follow that to its end', examples })
    .argument('<database>', 'a database of the catalog')
    .option('--newest', 'what would be restored now (default)')
    .option('--random <days>', 'any backup of so many days')
    .option('--at <instant>', 'a point in time, as 2026-05-01T10:00:00Z')
    .option('--backup <id>', 'that backup')
    .option('--damage <kind>', `damage the copy on purpose: ${damages.join(', ')}`)
    .action(async (database: string, options: Options) => {
      const context = contextOf(host, options);
      const plane = await context.plane();
      const wish = await requestDrill(plane, drillRequestOf({ database, ...wishOf(host, plane, options) }, options));
      const subject = { service: database, of: 'database', name: wish.name, machine: 'restore-test' } as const;
      finish(await followWish(context, { subject, wish, does: `drills ${database}`, options }));
    });
