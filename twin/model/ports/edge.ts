import { ActionImpossible } from '../../../lib/contracts/failures.ts';
import type { Edge, Schedules } from '../../../lib/ports/edge.ts';
import type { Changes } from '../changes.ts';

/** Distributions by their stamped purges, and schedules that are on. A test or a story adds them. */
export class EdgeWorld {
  readonly distributions = new Map<string, Set<string>>();
  readonly schedules = new Map<string, 'on' | 'paused'>();
}

export const modelEdge = ({ distributions }: EdgeWorld, changes: Changes): Edge => ({
  async purge(distribution, path, stamp) {
    const purges = distributions.get(distribution);
    if (!purges) throw new ActionImpossible(`distribution: there is no "${distribution}"`, { distribution });
    if (purges.has(stamp)) return;
    purges.add(stamp);
    changes.add({ resource: `distribution/${distribution}`, token: 0, value: { purged: path, stamp } });
  },
});

export const modelSchedules = ({ schedules }: EdgeWorld, changes: Changes): Schedules => ({
  async pause(schedule) {
    const state = schedules.get(schedule);
    if (!state) throw new ActionImpossible(`schedule: there is no "${schedule}"`, { schedule });
    if (state === 'paused') return;
    schedules.set(schedule, 'paused');
    changes.add({ resource: `schedule/${schedule}`, token: 0, value: { paused: true } });
  },
});
