import { InvalidArgumentError } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { answerQuestion } from '../operations/answer.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { asOption } from './wish.ts';

type Options = CommonOptions & { as?: string; rung: number; refuse?: true };

const rungNumber = (text: string): number => {
  if (!/^[0-7]$/.test(text)) throw new InvalidArgumentError('expected a rung, 0 to 7');
  return Number(text);
};

/** Exit code: 0 when the answer was taken. Whether it counts is in the ledger. */
export const approveCommand: Registration = (host, finish) =>
  newCommand({
    name: 'approve',
    summary: 'let a rung of a playbook act, or refuse it',
    examples: ['approve remedy-3fa9', 'approve remedy-3fa9 --rung 1', 'approve remedy-3fa9 --refuse'],
  })
    .argument('<incident>', 'the incident that asks, as its message names it')
    .option('--rung <n>', 'the rung that is asked for', rungNumber, 0)
    .option('--refuse', 'say no')
    .option(...asOption)
    .action(async (incident: string, { as, rung, refuse, ...options }: Options) => {
      const { output, plane } = contextOf(host, options);
      const answer = refuse ? 'refuse' : 'approve';
      const given = await answerQuestion(await plane(), { incident, rung, answer, answeredBy: as ?? host.user() });
      output.result(
        { type: 'answered', ...given },
        `${incident}, rung ${rung}: ${answer}; whether it counts is on record`,
      );
      finish(exitCodes.ok);
    });
