import { NothingLive } from '../../../lib/contracts/failures.ts';
import { countsBetween } from '../../traffic/users.ts';
import { judge } from '../judge.ts';
import { awaitEnd, startRelease } from '../release.ts';
import type { Seen, Stage } from '../stage.ts';

/** Deploys a sample that must come back, and expects the release from before to serve again in time. */
export const undoneRelease = async (stage: Stage, sample: string, mostSecondsToSafe: number): Promise<Seen> => {
  const live = await (await stage.plane()).ports.releases.live(stage.service);
  if (!live) throw new NothingLive(stage.service);
  const before = stage.users.counts();
  const outcome = await awaitEnd(stage, await startRelease(stage, sample));
  const met = countsBetween(before, stage.users.counts());
  return judge(stage, { outcome, status: 'undone', digest: live.digest, met, mostSecondsToSafe });
};
