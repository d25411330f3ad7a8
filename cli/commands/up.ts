import { exitCodes } from '../exit-codes.ts';
import { welcomeText } from '../output/welcome.ts';
import { type CommonOptions, contextOf, defaultState, newCommand, type Registration } from './command.ts';
import { twinOf } from './twin-of.ts';

const examples = ['up', 'up --state /tmp/try --json'];

/** Returns when all is ready; what it started stays. Running it again finds what runs and starts what does not. */
export const upCommand: Registration = (host, finish) =>
  newCommand({ name: 'up', summary: 'start the live twin, or find the one that runs', examples }).action(
    async (options: CommonOptions) => {
      const { output } = contextOf(host, options);
      const startedAt = performance.now();
      const { style } = output;
      const control = await twinOf(host, options);
      const twin = await control.up((text) => output.event({ type: 'progress', text }, style.dim(`· ${text}`)));
      const seconds = Math.round(performance.now() - startedAt) / 1000;
      output.result({ type: 'ready', ...twin, seconds }, welcomeText(twin, seconds, stateOption(options), style));
      finish(exitCodes.ok);
    },
  );

const stateOption = ({ state }: CommonOptions): string => (state === defaultState ? '' : ` --state ${state}`);
