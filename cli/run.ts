import { CommanderError } from 'commander';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import type { Host } from './host.ts';
import { failureDocument, failureText } from './output/failure.ts';
import { styleFor } from './output/style.ts';
import { programFor } from './program.ts';

/** Runs one command line (without `node` and the program's own name) and says how it ended. */
export const run = async (argv: readonly string[], host: Host): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.ok;
  const finish = (ended: ExitCode) => {
    code = ended;
  };
  try {
    await programFor(host, finish).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return report(error, host, argv.includes('--json'));
  }
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
