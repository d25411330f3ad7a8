import { pause } from '../../operations/pause.ts';
import { inSeconds } from '../../output/duration.ts';
import { leftOfDrills } from '../../twin/left-of-drills.ts';
import { leftProblems, planOf, startDrill, takeBackup, worldOf } from '../drill.ts';
import { awaitFactOf } from '../followed.ts';
import type { Act, Stage } from '../stage.ts';

const betweenLooksMs = 200;

/** Begun with the tour: the schedule takes its time, as it does in an account. */
export const orphanRemoved: Act = {
  name: 'orphan-removed',
  title:
    "A drill's run is stopped in the middle; its copy goes all the same, by a schedule that was armed before it was made",
  ahead: true,
  async run(stage) {
    await takeBackup(stage);
    const subject = await startDrill(stage, { kind: 'newest' });
    const armed = await awaitFactOf(stage, subject, 'removers-armed');
    const { instance, removeBy } = await planOf(stage, subject);
    await untilThere(stage, instance);
    const plane = await stage.plane();
    await plane.runs.stop(armed.run, 'the tour ends the drill');
    const stoppedAt = performance.now();
    stage.tell(`The run ${armed.run} was stopped; ${instance} is left alone until ${removeBy}`);
    await untilGone(stage, instance);
    const removedAfterSeconds = inSeconds(performance.now() - stoppedAt);
    const run = await plane.runs.find(subject.name, 'restore-test');
    const stopped = run?.status === 'ABORTED' ? [] : [`the run was ${run?.status}, not stopped`];
    return {
      problems: [...stopped, ...(await leftProblems(stage, instance))],
      facts: { drill: subject.name, removedAfterSeconds },
    };
  },
};

const untilThere = async (stage: Stage, instance: string): Promise<void> => {
  while ((await leftOfDrills(stage.stateDir, instance)).processes.length === 0)
    await pause(betweenLooksMs, stage.signal);
};

/** Seen in the machine, and by whoever runs the copies. */
const untilGone = async (stage: Stage, instance: string): Promise<void> => {
  const { databases } = worldOf(stage);
  while ((await databases.find(instance)) || (await leftProblems(stage, instance)).length > 0)
    await pause(betweenLooksMs, stage.signal);
};
