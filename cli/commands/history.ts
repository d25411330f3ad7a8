import { InvalidArgumentError } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { assertService } from '../input/checked.ts';
import { releasesTable } from '../output/releases.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';

const mostReleases = 200;

const readLimit = (typed: string): number => {
  const limit = Number(typed);
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostReleases) return limit;
  throw new InvalidArgumentError(`Allowed are whole numbers from 1 to ${mostReleases}.`);
};

export const historyCommand: Registration = (host, finish) =>
  newCommand({
    name: 'history',
    summary: 'the releases of a service, newest first',
    examples: ['history mcp-manager', 'history mcp-manager --limit 50 --json'],
  })
    .argument('<service>', 'a service of the catalog')
    .option('--limit <count>', 'how many', readLimit, 20)
    .action(async (service: string, options: CommonOptions & { limit: number }) => {
      const { output, plane } = contextOf(host, options);
      const { ports } = await plane();
      await assertService(ports, service);
      const releases = await ports.releases.recent(service, options.limit);
      output.result({ service, releases }, releasesTable(releases, output.style) || `${service} has no releases yet`);
      finish(exitCodes.ok);
    });
