import { exitCodes } from '../exit-codes.ts';
import { UsageInvalid } from '../failures.ts';
import { table } from '../output/table.ts';
import { type CommonOptions, contextOf, newCommand, type Registration } from './command.ts';

export const imagesCommand: Registration = (host, finish) =>
  newCommand({
    name: 'images',
    summary: "the twin's sample images and what each does",
    examples: ['images', 'images --json'],
  }).action(async (options: CommonOptions) => {
    const { output, plane: open } = contextOf(host, options);
    const { ports, samples } = await open();
    if (!samples) throw new UsageInvalid('--target: got "aws"; sample images exist on the twin only, so allowed: twin');
    const { services } = await ports.catalogs.current();
    const all = await Promise.all(services.map(async ({ name }) => ({ service: name, images: await samples(name) })));
    const rows = all.flatMap(({ service, images }) =>
      images.map((image) => [service, `@${image.name}`, image.digest, image.does]),
    );
    output.result({ services: all }, table(rows));
    finish(exitCodes.ok);
  });
