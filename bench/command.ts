import { Command, InvalidArgumentError, Option } from 'commander';
import { outputFor } from '../cli/commands/command.ts';
import { type ExitCode, exitCodes } from '../cli/exit-codes.ts';
import type { Host } from '../cli/host.ts';
import { runProgram } from '../cli/run.ts';
import { environment } from './environment.ts';
import type { Measurement } from './measurement.ts';
import { bundles } from './measurements/bundles.ts';
import { certificates } from './measurements/certificates.ts';
import { engine } from './measurements/engine.ts';
import { firstDeployment } from './measurements/first-deployment.ts';
import { load } from './measurements/load.ts';
import { recovery } from './measurements/recovery.ts';
import { storm } from './measurements/storm.ts';
import { timeToSafe } from './measurements/time-to-safe.ts';

type Options = { json?: boolean; only?: string; megabytes: number };

const measurements: readonly Measurement[] = [
  engine,
  bundles,
  firstDeployment,
  timeToSafe,
  load,
  certificates,
  recovery,
  storm,
];

const fewestMegabytes = 100;
const megabytesOf = (text: string): number => {
  const megabytes = Number(text);
  if (Number.isInteger(megabytes) && megabytes >= fewestMegabytes) return megabytes;
  throw new InvalidArgumentError(`expected a whole number from ${fewestMegabytes} on`);
};

/** `npm run bench`. Exit code: 0 when everything was measured; whether the figures please is for the reader. */
export const bench = (argv: readonly string[], host: Host): Promise<ExitCode> =>
  runProgram(argv, host, (finish) =>
    new Command('bench')
      .description('Measures speed and memory on this machine, over loopback and with processes of its own.')
      .option('--json', 'one JSON document')
      .addOption(new Option('--only <name>', 'one measurement').choices(measurements.map(({ name }) => name)))
      .addOption(new Option('--megabytes <n>', 'recovery: how much is loaded').argParser(megabytesOf).default(1000))
      .action(async (options: Options) => {
        await measure(host, options);
        finish(exitCodes.ok);
      }),
  );

const measure = async (host: Host, { json = false, only, megabytes }: Options): Promise<void> => {
  const output = outputFor(host, json);
  const { style } = output;
  const surroundings = environment();
  const figures: Record<string, unknown> = {};
  output.note(
    Object.entries(surroundings)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  );
  for (const { name, title, run } of measurements.filter((each) => only === undefined || each.name === only)) {
    output.note(`\n${style.bold(title)}`);
    const { value, lines } = await run({ signal: host.signal, megabytes, tell: (text) => output.now(text) });
    figures[name] = value;
    for (const line of lines) output.note(`  ${line}`);
  }
  if (json) output.result({ date: new Date().toISOString(), environment: surroundings, figures }, '');
};
