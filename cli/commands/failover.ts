import { exitCodes } from '../exit-codes.ts';
import { failoverOutcome, requestFailover } from '../operations/failover.ts';
import { type CommonOptions, type Context, contextOf, newCommand, type Registration } from './command.ts';
import { followRun } from './follow-run.ts';
import { asOption, requestIdOption, type WishOptions, wishOf } from './wish.ts';

type Options = CommonOptions & WishOptions & { wait: boolean; reason: string; drill?: boolean };

const examples = [
  'failover mcp-ui --reason "rehearsal of the quarter" --drill   on a copy; nothing of production is touched',
  'failover mcp-ui --reason "eu-west-1 is gone"                  refused unless three witnesses say so',
];

/** Exit code: 0 when users reach the second region, or a drill was verified and its copy is gone; 1 anything else. */
export const failoverCommand: Registration = (host, finish) =>
  newCommand({ name: 'failover', summary: 'bring a database to its second region, or rehearse it', examples })
    .argument('<database>', 'a database of the catalog')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--drill', 'rehearse it on an isolated copy')
    .option('--no-wait', 'return as soon as the wish was taken')
    .option(...asOption)
    .option(...requestIdOption)
    .action(async (database: string, options: Options) => {
      const context = contextOf(host, options);
      const plane = await context.plane();
      const mode = options.drill ? 'drill' : 'real';
      const { reason } = options;
      const wish = await requestFailover(plane, { database, mode, reason, ...wishOf(host, plane, options) });
      const { output } = context;
      const does = options.drill ? 'rehearses the failover of' : 'fails over';
      output.event({ type: 'requested', ...wish }, `${output.style.bold(wish.name)} ${does} ${database}`);
      const subject = { service: database, of: 'database', name: wish.name, machine: 'failover' } as const;
      if (!options.wait) {
        output.note(`Follow it with: evenkeel watch ${wish.name}`);
        return finish(exitCodes.ok);
      }
      const code = await followRun(context, subject);
      await tellNextSteps(context, database, wish.name);
      finish(code);
    });

/** What people do next: the way back, or what not to do while neither side serves. */
const tellNextSteps = async ({ plane, output }: Context, database: string, name: string): Promise<void> => {
  const outcome = await failoverOutcome(await plane(), database, name);
  for (const [index, step] of (outcome?.failBack ?? []).entries()) output.note(`  ${index + 1}. ${step}`);
};
