import { ActionImpossible } from '../../../lib/contracts/failures.ts';
import type { Edge, Schedules } from '../../../lib/ports/edge.ts';

/** The twin's router keeps nothing of what it forwards. */
export const liveEdge: Edge = {
  async purge(distribution) {
    throw new ActionImpossible(`distribution ${distribution}: the twin has none, and keeps nothing`, { distribution });
  },
};

/** The twin's schedules are those of serverless.yml, which it reads at each start. */
export const liveSchedules: Schedules = {
  async pause(schedule) {
    throw new ActionImpossible(`schedule ${schedule}: the twin pauses none`, { schedule });
  },
};
