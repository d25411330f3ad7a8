import { exitCodes } from '../exit-codes.ts';
import { serviceStatuses } from '../operations/status.ts';
import { statusTable } from '../output/status.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';

const examples = ['status', 'status --json', 'status --target aws'];

/** Exit code: 1 when the control plane does not answer. */
export const statusCommand: Registration = (host, finish) =>
  newCommand({ name: 'status', summary: 'what is live, who works on it, and where its traffic goes', examples }).action(
    async (options: CommonOptions) => {
      const { output, plane } = contextOf(host, options);
      const twin = options.target === 'twin' ? await (await host.twin(options.state)).addresses() : undefined;
      const services = await serviceStatuses(await plane());
      const text = statusTable(services, twin?.addresses ?? {}, output.style);
      output.result({ target: options.target, ...(twin && { twin }), services }, text);
      finish(exitCodes.ok);
    },
  );
