import { loadDeployed } from '../../twin/model/model-twin.ts';
import type { ModelWorld } from '../../twin/model/model-world.ts';
import { explore, schedulesOf } from '../../twin/prove/explore.ts';
import { runSchedule, type Subject } from '../../twin/prove/run-schedule.ts';
import type { Fault, Schedule } from '../../twin/prove/schedule.ts';
import { storyNamed } from '../../twin/prove/stories.ts';

/* A proof that cannot fail proves nothing: a mutant breaks one thing, and must be found as what it is. */

export const deployed = await loadDeployed();
const seed = 1;

export const withPorts = (change: (world: ModelWorld) => Partial<ModelWorld['ports']>): Subject => ({
  deployed,
  mutate: (world) => ({ ...world, ports: { ...world.ports, ...change(world) } }),
});

export const brokenOn = async (subject: Subject, schedule: Schedule): Promise<string[]> => {
  const { violations } = await runSchedule(subject, schedule);
  return violations.map(({ invariant, saw }) => `${invariant} ${saw}`);
};

/** What is broken when the story runs without any fault. */
export const brokenIn = async (subject: Subject, story: string): Promise<string> =>
  (await brokenOn(subject, { story, seed, faults: [] })).join('\n');

/** Which promises are broken, in a part of a story's schedules that is small enough to wait for. */
export const brokenBy = async (mutant: Subject, story: string, keep: (fault: Fault) => boolean = () => false) => {
  const schedules = await schedulesOf({ deployed }, storyNamed(story), { seed, pairs: 0 });
  const kept = schedules.filter(({ faults }) => faults.every(keep));
  const findings = await explore(mutant, kept);
  return new Set(findings.flatMap(({ violations }) => violations.map(({ invariant }) => invariant)));
};
