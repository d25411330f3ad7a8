import { NothingLive } from '../../../lib/contracts/failures.ts';
import { countsBetween } from '../../traffic/users.ts';
import { judge } from '../judge.ts';
import { awaitEnd, awaitFact, startRelease } from '../release.ts';
import type { Act } from '../stage.ts';

export const watcherKilled: Act = {
  name: 'watcher-killed',
  title: 'Whoever watches a release dies; the missing heartbeat brings the release back',
  async run(stage) {
    const plane = await stage.plane();
    const live = await plane.ports.releases.live(stage.service);
    if (!live) throw new NothingLive(stage.service);
    const before = stage.users.counts();
    const started = await startRelease(stage, 'good-3');
    const shifted = await awaitFact(stage, started, 'shifted');
    await plane.runs.stop(shifted.run, 'the tour ends the watcher');
    const stoppedAt = performance.now();
    stage.tell(`The watcher ${shifted.run} was ended`);
    const outcome = await awaitEnd(stage, started);
    const noticedSeconds = Math.round(performance.now() - stoppedAt) / 1000;
    const met = countsBetween(before, stage.users.counts());
    const seen = await judge(stage, { outcome, status: 'undone', digest: live.digest, met, mostFailed: 0 });
    return { ...seen, facts: { ...seen.facts, undoneAfterSeconds: noticedSeconds } };
  },
};
