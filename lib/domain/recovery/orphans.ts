import type { Instance, InstanceId } from '../../contracts/database.ts';
import type { Drill, DrillId } from '../../contracts/drill.ts';
import { type Instant, toMs } from '../../contracts/instant.ts';

/** `alarm`: what outlived its time, and since when it costs. `over`: drills on record as open of which nothing is left. */
export type Orphans = {
  remove: InstanceId[];
  alarm: { drill: DrillId; instance: InstanceId; since: Instant }[];
  over: DrillId[];
};

/**
 * What the last of a drill's three removers does. Rule: only what bears a drill's mark is looked at; it is left alone while its drill is on
 * record as open and its time has not passed. `open` is undefined when nobody can tell: then only what outlived its time goes.
 */
export const orphansOf = (
  instances: readonly Instance[],
  open: readonly Drill[] | undefined,
  now: Instant,
): Orphans => {
  const marked = instances.flatMap(({ id, status, mark }) => (mark ? [{ id, status, ...mark }] : []));
  const isOver = (drill: DrillId) => open !== undefined && !open.some(({ plan }) => plan.drill === drill);
  const due = marked.filter(({ drill, removeBy }) => isOver(drill) || toMs(removeBy) <= toMs(now));
  const present = new Set(marked.map(({ drill }) => drill));
  return {
    remove: due.map(({ id }) => id),
    alarm: due.map(({ id, drill, removeBy }) => ({ drill, instance: id, since: removeBy })),
    over: (open ?? [])
      .filter(({ plan }) => !present.has(plan.drill) && toMs(plan.removeBy) <= toMs(now))
      .map(({ plan }) => plan.drill),
  };
};
