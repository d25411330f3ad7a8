import { exitCodes } from '../exit-codes.ts';
import { assertService } from '../input/checked.ts';
import { releasesTable } from '../output/releases.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { type LimitOptions, limitOption } from './limit.ts';

export const historyCommand: Registration = (host, finish) =>
  newCommand({
    name: 'history',
    summary: 'the releases of a service, newest first',
    examples: ['history mcp-manager', 'history mcp-manager --limit 50 --json'],
  })
    .argument('<service>', 'a service of the catalog')
    .option(...limitOption)
    .action(async (service: string, options: CommonOptions & LimitOptions) => {
      const { output, plane } = contextOf(host, options);
      const { ports } = await plane();
      await assertService(ports, service);
      const releases = await ports.releases.recent(service, options.limit);
      output.result({ service, releases }, releasesTable(releases, output.style) || `${service} has no releases yet`);
      finish(exitCodes.ok);
    });
