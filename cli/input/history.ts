import * as v from 'valibot';
import { AlarmChange } from '../../lib/contracts/alarm.ts';
import { InputInvalid } from '../../lib/contracts/failures.ts';
import { problemsOf } from '../../lib/runtime/problems.ts';

const most = 200_000;
const shownProblems = 20;

/**
 * Alarms of the past: one `AlarmChange` as JSON in each line, empty lines aside. Errors: `InputInvalid` with the first problems, each
 * with its line, and how many there are.
 */
export const parseHistory = (text: string): AlarmChange[] => {
  const lines = text.split('\n').map((line, index) => ({ line, place: index + 1 }));
  const written = lines.filter(({ line }) => line.trim() !== '');
  if (written.length === 0) throw invalid(['history: expected at least one alarm, got none']);
  if (written.length > most)
    throw invalid([`history: expected at most ${most} alarms, got ${written.length}; split the file`]);
  const parsed = written.map(({ line, place }) => ({ place, ...v.safeParse(Line, line) }));
  const problems = parsed.flatMap(({ place, issues }) =>
    issues ? problemsOf(issues).map((problem) => `line ${place}: ${problem}`) : [],
  );
  if (problems.length > 0) throw invalid(problems);
  return parsed.flatMap(({ success, output }) => (success ? [output] : []));
};

const Line = v.pipe(v.string(), v.parseJson(undefined, 'expected JSON'), AlarmChange);

const invalid = (problems: string[]): InputInvalid => {
  const more = problems.length > shownProblems ? [`and ${problems.length - shownProblems} more`] : [];
  return new InputInvalid([...problems.slice(0, shownProblems), ...more].join('\n'), { problems: problems.length });
};
