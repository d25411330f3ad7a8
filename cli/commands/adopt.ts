import { Argument } from 'commander';
import { DeployWish } from '../../lib/contracts/events.ts';
import { type Slot, slots } from '../../lib/contracts/names.ts';
import { exitCodes } from '../exit-codes.ts';
import { assertService, checked } from '../input/checked.ts';
import { readDigest } from '../input/digest.ts';
import { adopt } from '../operations/adopt.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';
import { type AskerOptions, asOption, requestIdOption, wishOf } from './wish.ts';

const examples = ['adopt mcp-manager blue sha256:9f86d0…0a08 --target aws'];

export const adoptCommand: Registration = (host, finish) =>
  newCommand({ name: 'adopt', summary: 'record what runs already as the live release', examples })
    .argument('<service>', 'a service of the catalog')
    .addArgument(new Argument('<slot>', 'where it runs').choices(slots))
    .argument('<digest>', 'what runs there')
    .option(...asOption)
    .option(...requestIdOption)
    .action(async (service: string, slot: Slot, typed: string, options: CommonOptions & AskerOptions) => {
      const { output, plane: open } = contextOf(host, options);
      const plane = await open();
      await assertService(plane.ports, service);
      const digest = await readDigest(plane, service, typed);
      const wish = checked(DeployWish, { service, digest, ...wishOf(host, plane, options) });
      const live = await adopt(plane, { ...wish, slot });
      output.result(
        { service, live },
        `${service}: ${live.digest} in slot ${slot} is the live release ${live.releaseId}`,
      );
      finish(exitCodes.ok);
    });
