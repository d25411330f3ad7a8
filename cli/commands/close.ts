import { exitCodes } from '../exit-codes.ts';
import { closeBreaker } from '../operations/answer.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { asOption } from './wish.ts';

type Options = CommonOptions & { as?: string; reason: string };

/** Exit code: 0 when the wish was taken. */
export const closeCommand: Registration = (host, finish) =>
  newCommand({
    name: 'close',
    summary: 'close the breaker of a resource, so that playbooks may act on it again',
    examples: ['close service/mcp-manager --reason "the leak is mended"'],
  })
    .argument('<resource>', 'as the message of its breaker names it')
    .requiredOption('--reason <text>', 'why, for the record')
    .option(...asOption)
    .action(async (resource: string, { as, reason, ...options }: Options) => {
      const { output, plane } = contextOf(host, options);
      const closed = await closeBreaker(await plane(), { resource, reason, requestedBy: as ?? host.user() });
      output.result({ type: 'closing', ...closed }, `${resource}: playbooks may act on it again`);
      finish(exitCodes.ok);
    });
