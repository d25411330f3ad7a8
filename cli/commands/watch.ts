import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { followRun } from './follow-run.ts';
import { runArgument, subjectIn } from './subject.ts';

const examples = ['watch mcp-manager-20260501-100000-3fa9', 'watch rollback-mcp-manager-20260501-101500-77c2 --json'];

/** Exit code: that of the run, as `deploy` and `rollback` give it. */
export const watchCommand: Registration = (host, finish) =>
  newCommand({ name: 'watch', summary: 'follow a run to its end', examples })
    .argument(...runArgument)
    .action(async (run: string, options: CommonOptions) => {
      const context = contextOf(host, options);
      finish(await followRun(context, await subjectIn(await context.plane(), run)));
    });
