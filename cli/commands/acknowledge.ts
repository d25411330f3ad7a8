import { exitCodes } from '../exit-codes.ts';
import { acknowledge } from '../operations/answer.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { asOption } from './wish.ts';

type Options = CommonOptions & { as?: string };

/** Exit code: 0 when it was taken. Whether it counts is in the ledger. */
export const acknowledgeCommand: Registration = (host, finish) =>
  newCommand({
    name: 'acknowledge',
    summary: 'look after an incident from now on, so that nobody else is called',
    examples: ['acknowledge remedy-3fa9', 'acknowledge remedy-3fa9 --as alice'],
  })
    .argument('<incident>', 'as its call, or evenkeel alarms, names it')
    .option(...asOption)
    .action(async (incident: string, { as, ...options }: Options) => {
      const { output, plane } = contextOf(host, options);
      const taken = await acknowledge(await plane(), { incident, acknowledgedBy: as ?? host.user() });
      output.result({ type: 'acknowledged', ...taken }, `${incident}: taken; whether it counts is on record`);
      finish(exitCodes.ok);
    });
