import * as v from 'valibot';
import { InputInvalid } from '../../lib/contracts/failures.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import type { Bucket } from '../../lib/contracts/signals.ts';
import { problemsOf } from '../../lib/runtime/problems.ts';

const Counted = v.pipe(
  v.string(),
  v.parseJson(undefined, 'expected JSON'),
  v.object({ start: Instant, requests: v.pipe(v.number(), v.minValue(0)) }),
);
const shownProblems = 20;

/**
 * Requests of the past: `{"start": "2026-05-01T10:00:00.000Z", "requests": 120}` in each line, empty lines aside. Errors: `InputInvalid` with
 * the first problems, each with its line.
 */
export const parseCounts = (text: string): Pick<Bucket, 'start' | 'requests'>[] => {
  const lines = text.split('\n').map((line, index) => ({ line, place: index + 1 }));
  const parsed = lines
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, place }) => ({ place, ...v.safeParse(Counted, line) }));
  const problems = parsed.flatMap(({ place, issues }) =>
    issues ? problemsOf(issues).map((problem) => `line ${place}: ${problem}`) : [],
  );
  if (problems.length > 0)
    throw new InputInvalid(problems.slice(0, shownProblems).join('\n'), { problems: problems.length });
  return parsed.flatMap(({ success, output }) => (success ? [output] : []));
};
