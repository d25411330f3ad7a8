import { countsBetween } from '../../traffic/users.ts';
import { judge } from '../judge.ts';
import { awaitEnd, startRelease } from '../release.ts';
import type { Act } from '../stage.ts';

export const goodRelease: Act = {
  name: 'good-release',
  title: 'A good release goes through, and nobody notices',
  async run(stage) {
    const before = stage.users.counts();
    const started = await startRelease(stage, 'good-2');
    const outcome = await awaitEnd(stage, started);
    const met = countsBetween(before, stage.users.counts());
    return judge(stage, { outcome, status: 'promoted', digest: started.digest, met, mostFailed: 0 });
  },
};
