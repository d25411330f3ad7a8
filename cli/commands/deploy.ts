import { exitCodes } from '../exit-codes.ts';
import { requestDeploy } from '../operations/deploy.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { followRun } from './follow-run.ts';
import { asOption, requestIdOption, type WishOptions, wishOf } from './wish.ts';

type Options = CommonOptions & WishOptions & { wait: boolean };

const examples = [
  'deploy mcp-manager @good-2              a sample image of the twin',
  'deploy mcp-manager @late-errors-20      a bad one: watch it come back',
  'deploy mcp-manager sha256:9f86d0…0a08   any image, by its digest',
  'deploy mcp-manager sha256:9f86d0…0a08 --target aws --request-id build-1234 --json',
];

/** Exit code: 0 promoted, 1 anything else, 2 nothing was asked of the control plane. */
export const deployCommand: Registration = (host, finish) =>
  newCommand({ name: 'deploy', summary: 'release an image and follow it to its end', examples })
    .argument('<service>', 'a service of the catalog')
    .argument('<digest>', 'sha256:… of the image; on the twin also @name of a sample image')
    .option('--no-wait', 'return as soon as the wish was taken')
    .option(...asOption)
    .option(...requestIdOption)
    .action(async (service: string, digest: string, options: Options) => {
      const context = contextOf(host, options);
      const plane = await context.plane();
      const wish = await requestDeploy(plane, { service, digest, ...wishOf(host, plane, options) });
      const { output } = context;
      output.event({ type: 'requested', ...wish }, `${output.style.bold(wish.releaseId)} deploys ${wish.digest}`);
      if (options.wait) return finish(await followRun(context, { service, of: 'service', name: wish.releaseId }));
      output.note(`Follow it with: evenkeel watch ${wish.releaseId}`);
      finish(exitCodes.ok);
    });
