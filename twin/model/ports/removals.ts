import type { DrillId } from '../../../lib/contracts/drill.ts';
import { type Instant, toMs } from '../../../lib/contracts/instant.ts';
import type { Removals } from '../../../lib/ports/backups.ts';
import type { Changes } from '../changes.ts';

/** `alarm` is called once, at the moment, unless it was cancelled. */
export type SetAlarm = (atMs: number, drill: DrillId) => () => void;

interface Armed {
  readonly at: Instant;
  readonly cancel: () => void;
}

/** One-shot schedules. One that has fired is gone, as on AWS. */
export const modelRemovals = (setAlarm: SetAlarm, changes: Changes, now: () => number): Removals => {
  const armed = new Map<DrillId, Armed>();
  const isArmed = (drill: DrillId) => {
    const one = armed.get(drill);
    return one && toMs(one.at) > now() ? one : undefined;
  };
  const add = (drill: DrillId, value: unknown) => changes.add({ resource: `removal/${drill}`, token: 0, value });
  return {
    async arm(drill, at) {
      if (isArmed(drill)) return;
      armed.set(drill, { at, cancel: setAlarm(toMs(at), drill) });
      add(drill, { armed: at });
    },
    async disarm(drill) {
      if (!armed.has(drill)) return;
      armed.get(drill)?.cancel();
      armed.delete(drill);
      add(drill, { disarmed: true });
    },
    armed: async (drill) => isArmed(drill)?.at,
  };
};
