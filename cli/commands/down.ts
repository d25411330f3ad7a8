import { exitCodes } from '../exit-codes.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { twinOf } from './twin-of.ts';

type Options = CommonOptions & { wipe?: boolean };

export const downCommand: Registration = (host, finish) =>
  newCommand({ name: 'down', summary: 'end the twin', examples: ['down', 'down --wipe'] })
    .option('--wipe', 'also delete what it kept')
    .action(async (options: Options) => {
      const { output } = contextOf(host, options);
      const twin = await twinOf(host, options);
      const { state, wipe: wiped = false } = options;
      await twin.down({ wipe: wiped });
      output.result(
        { stopped: true, wiped, state },
        wiped ? `Ended, and ${state} is deleted` : `Ended; ${state} stays, so "up" goes on from there`,
      );
      finish(exitCodes.ok);
    });
