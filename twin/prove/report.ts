import type { Finding } from './explore.ts';
import type { Ran } from './run-schedule.ts';
import { formatSchedule } from './schedule.ts';

/** What a whole exploration came to. */
export interface Summary {
  readonly schedules: number;
  readonly violations: number;
  readonly seconds: number;
  readonly seed: number;
  readonly stories: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

/** Shortest schedule first: the fewer faults, the earlier it is told. */
export const describeFindings = (findings: readonly Finding[]): string =>
  [...findings]
    .sort((a, b) => a.schedule.faults.length - b.schedule.faults.length)
    .map(({ schedule, violations }) => {
      const lines = violations.map(
        ({ invariant, atSeconds, saw }) => `  ${invariant} after ${atSeconds.toFixed(1)} s: ${saw}`,
      );
      return [
        formatSchedule(schedule),
        ...lines,
        `  replay: npm run prove -- --schedule '${formatSchedule(schedule)}'`,
      ].join('\n');
    })
    .join('\n\n');

/** One run in full: what was decided, what went wrong, how every machine ended. */
export const describeRun = ({ twin, violations }: Ran): string => {
  const facts = [...twin.world.ledger.values()].flat().map(({ at, says }) => ({ at, says }));
  const failures = twin.said.flatMap(({ atMs, task, outcome }) =>
    outcome.ok
      ? []
      : [{ at: new Date(atMs).toISOString(), says: `! ${task}: ${outcome.errorType}: ${outcome.errorMessage}` }],
  );
  const story = [...facts, ...failures]
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ at, says }) => `${at.slice(11, 23)} ${says}`);
  const runs = [...twin.runs.values()].map(
    ({ name, status, error }) => `${name}: ${status}${error ? ` (${error})` : ''}`,
  );
  const broken = violations.map(({ invariant, saw }) => `${invariant} broken: ${saw}`);
  return [...story, '', ...runs, '', ...(broken.length > 0 ? broken : ['no promise was broken'])].join('\n');
};
