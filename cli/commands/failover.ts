import { failoverOutcome, requestFailover } from '../operations/failover.ts';
import { type Context, contextOf, type Registration } from './command.ts';
import { followWish, type WishOptions, wishCommand, wishOf } from './wish.ts';

type Options = WishOptions & { reason: string; drill?: boolean };

const examples = [
  'failover mcp-ui --reason "rehearsal of the quarter" --drill   on a copy; nothing of production is touched',
  'failover mcp-ui --reason "eu-west-1 is gone"                  refused unless three witnesses say so',
];

/** Exit code: 0 when users reach the second region, or a drill was verified and its copy is gone; 1 anything else. */
export const failoverCommand: Registration = (host, finish) =>
  wishCommand({ name: 'failover', summary: 'bring a database to its second region, or rehearse it', examples })
    .argument('<database>', 'a database of the catalog')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--drill', 'rehearse it on an isolated copy')
    .action(async (database: string, options: Options) => {
      const context = contextOf(host, options);
      const plane = await context.plane();
      const mode = options.drill ? 'drill' : 'real';
      const { reason } = options;
      const wish = await requestFailover(plane, { database, mode, reason, ...wishOf(host, plane, options) });
      const does = `${options.drill ? 'rehearses the failover of' : 'fails over'} ${database}`;
      const subject = { service: database, of: 'database', name: wish.name, machine: 'failover' } as const;
      const code = await followWish(context, { subject, wish, does, options });
      if (options.wait) await tellNextSteps(context, database, wish.name);
      finish(code);
    });

/** What people do next: the way back, or what not to do while neither side serves. */
const tellNextSteps = async ({ plane, output }: Context, database: string, name: string): Promise<void> => {
  const outcome = await failoverOutcome(await plane(), database, name);
  for (const [index, step] of (outcome?.failBack ?? []).entries()) output.note(`  ${index + 1}. ${step}`);
};
