import { holds } from './holds.ts';
import { parseFields } from './parse.ts';

/** EventBridge does not accept the pattern. `problems`: all of them, each with its field. */
export class InvalidEventPattern extends Error {
  override readonly name = 'InvalidEventPatternException';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Event pattern is not valid. Reason: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/** Does the event match? */
export type Pattern = (event: unknown) => boolean;

const longest = 2048;

/**
 * An EventBridge pattern, with its whole comparison language, as a function of an event.
 * Errors: `InvalidEventPattern` for what PutRule would refuse.
 */
export const compilePattern = (pattern: unknown): Pattern => {
  const problems: string[] = [];
  const wanted = parseFields(pattern, [], (path, problem) =>
    problems.push(`${path.join('.') || 'pattern'}: ${problem}`),
  );
  if ((JSON.stringify(pattern) ?? '').length > longest) problems.push(`pattern: longer than ${longest} characters`);
  if (problems.length > 0) throw new InvalidEventPattern(problems);
  return (event) => holds(wanted, event, [event]);
};
