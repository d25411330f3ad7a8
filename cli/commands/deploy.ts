import { requestDeploy } from '../operations/deploy.ts';
import { contextOf, type Registration } from './command.ts';
import { followWish, type WishOptions, wishCommand, wishOf } from './wish.ts';

const examples = [
  'deploy mcp-manager @good-2              a sample image of the twin',
  'deploy mcp-manager @late-errors-20      a bad one: watch it come back',
  'deploy mcp-manager sha256:9f86d0…0a08   any image, by its digest',
  'deploy mcp-manager sha256:9f86d0…0a08 --target aws --request-id build-1234 --json',
];

/** Exit code: 0 promoted, 1 anything else, 2 nothing was asked of the control plane. */
export const deployCommand: Registration = (host, finish) =>
  wishCommand({ name: 'deploy', summary: 'release an image and follow it to its end', examples })
    .argument('<service>', 'a service of the catalog')
    .argument('<digest>', 'sha256:… of the image; on the twin also @name of a sample image')
    .action(async (service: string, digest: string, options: WishOptions) => {
      const context = contextOf(host, options);
      const plane = await context.plane();
      const wish = await requestDeploy(plane, { service, digest, ...wishOf(host, plane, options) });
      const subject = { service, of: 'service', name: wish.releaseId } as const;
      finish(await followWish(context, { subject, wish, does: `deploys ${wish.digest}`, options }));
    });
