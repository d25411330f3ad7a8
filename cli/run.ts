import { type Command, CommanderError } from 'commander';
import type { Finish } from './commands/command.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import type { Host } from './host.ts';
import { failureDocument, failureText } from './output/failure.ts';
import { styleFor } from './output/style.ts';
import { programFor } from './program.ts';

/** Runs one command line (without `node` and the program's own name) and says how it ended. */
export const run = (argv: readonly string[], host: Host): Promise<ExitCode> =>
  runProgram(argv, host, (finish) => programFor(host, finish));

/** Runs a program that never ends the process: its errors become one sentence and an exit code here. */
export const runProgram = async (
  argv: readonly string[],
  host: Host,
  program: (finish: Finish) => Command,
): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.ok;
  const finish = (ended: ExitCode) => {
    code = ended;
  };
  try {
    await quiet(program(finish), host).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return report(error, host, argv.includes('--json'));
  }
};

/** Commander throws instead of ending the process, and leaves its errors to us. */
const quiet = (program: Command, host: Host): Command => {
  program.exitOverride().configureOutput({
    writeOut: (text) => host.out.write(text),
    writeErr: (text) => host.err.write(text),
    outputError: () => {},
  });
  inherit(program);
  return program;
};

const inherit = (parent: Command): void => {
  for (const command of parent.commands) inherit(command.copyInheritedSettings(parent));
};

/** The failure goes where the result would have gone in JSON, so a script reads one place. */
const report = (error: unknown, host: Host, json: boolean): ExitCode => {
  const code = exitCodeOf(error);
  if (code === exitCodes.ok || isHelp(error)) return code;
  const text = failureText(error, styleFor(host.environment, Boolean(host.err.isTTY)));
  if (json) host.out.write(`${JSON.stringify(failureDocument(error))}\n`);
  else host.err.write(`${text}\n`);
  return code;
};

/** Without a command Commander prints the help, which says more than any message. */
const isHelp = (error: unknown): boolean => error instanceof CommanderError && error.code === 'commander.help';
