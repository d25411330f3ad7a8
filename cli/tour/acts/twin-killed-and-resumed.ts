import { DependencyUnavailable } from '../../../lib/contracts/failures.ts';
import { pause } from '../../operations/pause.ts';
import { countsBetween } from '../../traffic/users.ts';
import { judge } from '../judge.ts';
import { awaitEnd, awaitFact, startRelease } from '../release.ts';
import type { Act, Stage } from '../stage.ts';

const requestsWhileDead = 100;
const betweenLooksMs = 50;

export const twinKilledAndResumed: Act = {
  name: 'twin-killed-and-resumed',
  title: 'The control plane is killed in the middle of a shift and goes on where it was',
  async run(stage) {
    const before = stage.users.counts();
    const started = await startRelease(stage, 'good-3');
    await awaitFact(stage, started, 'shifted');
    const outageSeconds = await outage(stage);
    const outcome = await awaitEnd(stage, started);
    const met = countsBetween(before, stage.users.counts());
    const seen = await judge(stage, { outcome, status: 'promoted', digest: started.digest, met, mostFailed: 0 });
    return { ...seen, facts: { ...seen.facts, outageSeconds } };
  },
};

/** Kills the control plane, lets users go on without it for a while, and starts it again. */
const outage = async (stage: Stage): Promise<number> => {
  const diedAt = performance.now();
  const pid = await stage.twin.kill();
  if (pid === undefined) throw new DependencyUnavailable('twin: there is no control plane to kill');
  stage.tell(`The control plane (process ${pid}) was killed`);
  const served = stage.users.counts().requests;
  while (stage.users.counts().requests < served + requestsWhileDead) await pause(betweenLooksMs, stage.signal);
  await stage.twin.up((text) => stage.tell(text));
  stage.tell('The control plane runs again');
  return Math.round(performance.now() - diedAt) / 1000;
};
