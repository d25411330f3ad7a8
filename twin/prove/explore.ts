import { samplePairs, singleFaults } from './enumerate.ts';
import type { Violation } from './invariants/index.ts';
import { runSchedule, type Subject } from './run-schedule.ts';
import type { Schedule } from './schedule.ts';
import { endsOf, type Story } from './story.ts';

/** A schedule that breaks a promise, and what it did to which calls. */
export interface Finding {
  readonly schedule: Schedule;
  readonly violations: readonly Violation[];
}

/** The run without faults: what may go wrong in it, and whether it is as it should be. */
export const rehearse = async (subject: Subject, story: Story, seed: number) => {
  const { twin, violations, asked } = await runSchedule(subject, { story: story.name, seed, faults: [] });
  const ended = endsOf(twin);
  const wrong = Object.entries(story.ends).filter(([id, end]) => ended.get(id) !== end);
  if (wrong.length > 0)
    throw new Error(
      `story ${story.name}: ${wrong.map(([id, end]) => `${id} ended as ${ended.get(id)}, not ${end}`).join('; ')}`,
    );
  return { faults: singleFaults(asked, story), violations };
};

/** All schedules of a story: none, each single fault, and `pairs` pairs. The shortest come first. */
export const schedulesOf = async (
  subject: Subject,
  story: Story,
  { seed, pairs }: { seed: number; pairs: number },
): Promise<Schedule[]> => {
  const { faults } = await rehearse(subject, story, seed);
  const name = story.name;
  const singles = faults.map((fault) => ({ story: name, seed, faults: [fault] }));
  return [{ story: name, seed, faults: [] }, ...singles, ...samplePairs(name, faults, pairs, seed)];
};

/** Runs each schedule. A pair that breaks a promise is told as one of its faults, when that alone does. */
export const explore = async (
  subject: Subject,
  schedules: Iterable<Schedule>,
  done: (schedule: Schedule) => void = () => {},
): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const schedule of schedules) {
    const { violations } = await runSchedule(subject, schedule);
    if (violations.length > 0) findings.push(await shortest(subject, { schedule, violations }));
    done(schedule);
  }
  return findings;
};

const shortest = async (subject: Subject, finding: Finding): Promise<Finding> => {
  const { schedule } = finding;
  if (schedule.faults.length < 2) return finding;
  for (const fault of schedule.faults) {
    const alone = { ...schedule, faults: [fault] };
    const { violations } = await runSchedule(subject, alone);
    if (violations.length > 0) return { schedule: alone, violations };
  }
  return finding;
};
