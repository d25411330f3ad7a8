import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Subject } from '../input/run-name.ts';
import { follow } from '../operations/follow.ts';
import { endedWell, type Outcome } from '../operations/outcome.ts';
import { inSeconds } from '../output/duration.ts';
import { factText, outcomeText } from '../output/run.ts';
import type { Context } from './command.ts';

/** Prints a run as it goes and returns the exit code that its end deserves. */
export const followRun = async (context: Context, subject: Subject): Promise<ExitCode> => {
  const { output, host } = context;
  const startedAt = performance.now();
  for await (const step of follow(await context.plane(), subject, { signal: host.signal })) {
    const seconds = inSeconds(performance.now() - startedAt);
    if (step.type === 'fact') {
      const { at, kind, says, run, sequence } = step.fact;
      output.event({ type: 'fact', sequence, at, run, kind, says }, factText(step.fact, output.style));
    }
    if (step.type === 'state') output.now(`${subject.name}: ${step.state}`);
    if (step.type === 'outcome') return printOutcome(context, step.outcome, seconds);
  }
  return exitCodes.failed;
};

const printOutcome = ({ output }: Context, outcome: Outcome, seconds: number): ExitCode => {
  const { timeToSafeMs, measured = {}, ...rest } = outcome;
  const ok = endedWell(outcome);
  const safe = timeToSafeMs === undefined ? {} : { timeToSafeSeconds: inSeconds(timeToSafeMs) };
  output.result({ type: 'outcome', ok, ...rest, ...safe, ...measured, seconds }, outcomeText(outcome, output.style));
  return ok ? exitCodes.ok : exitCodes.failed;
};
