import { Command, Option } from 'commander';
import { once } from '../../lib/adapters/once.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Host, PlaneKind } from '../host.ts';
import { jsonOutput, type Output, textOutput } from '../output/output.ts';
import { styleFor } from '../output/style.ts';
import { type Terminal, terminalOn } from '../output/terminal.ts';

export const defaultState = '.evenkeel';

/** The options of every command. */
export type CommonOptions = { json?: boolean; state: string; target: PlaneKind };

/** One call of a command: where it talks, and to whom. */
export type Context = {
  host: Host;
  output: Output;
  options: CommonOptions;
  plane(): Promise<ControlPlane>;
};

export type Description = { name: string; summary: string; examples: readonly string[] };

/** A command with the options that all share and examples under its help. */
export const newCommand = (description: Description): Command =>
  offlineCommand(description)
    .option('--state <dir>', 'the folder that the twin keeps everything in', defaultState)
    .addOption(new Option('--target <target>', 'what to talk to').choices(['twin', 'aws']).default('twin'));

/** One that needs no control plane. */
export const offlineCommand = ({ name, summary, examples }: Description): Command =>
  new Command(name)
    .description(summary)
    .option('--json', 'print JSON: one document, or one line per event')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ evenkeel ${example}`).join('\n')}`);

/** What a command's action returns is the process's exit code. */
export type Finish = (code: ExitCode) => void;
export type Registration = (host: Host, finish: Finish) => Command;

export const contextOf = (host: Host, options: CommonOptions): Context => ({
  host,
  output: outputFor(host, options.json ?? false),
  options,
  plane: once(() => host.openPlane({ target: options.target, state: options.state })),
});

export const outputFor = (host: Host, json: boolean): Output => {
  const style = styleFor(host.environment, Boolean(host.out.isTTY) && !json);
  const terminal: Terminal = terminalOn(host.out);
  return json ? jsonOutput(terminal, style) : textOutput(terminal, style);
};
