import type { DrillMark } from '../../../../lib/contracts/database.ts';
import type { Change } from '../../../model/changes.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';
import { hourlyUsdOf } from './cost.ts';

/** What history says of a copy: see model/ports/databases.ts and removals.ts. */
interface Written {
  readonly restored?: true;
  readonly armed?: string;
  readonly disarmed?: true;
  readonly mark?: DrillMark;
}

/**
 * At every instant: before a copy is made, its one-shot removal is armed and its drill is on record with a price, so that whatever
 * ends the run, somebody removes the copy and can tell what it costs.
 */
export class RemoversComeFirst {
  readonly #armed = new Set<string>();
  #seen = 0;

  check(judged: Judged, report: Report): void {
    const { list } = judged.twin.world.changes;
    for (; this.#seen < list.length; this.#seen += 1) this.#judge(judged, list[this.#seen] as Change, report);
  }

  #judge({ twin }: Judged, { resource, value }: Change, report: Report): void {
    const { armed, disarmed, restored, mark } = value as Written;
    if (armed) this.#armed.add(resource);
    if (disarmed) this.#armed.delete(resource);
    if (!restored || !mark) return;
    if (!this.#armed.has(`removal/${mark.drill}`))
      report('I2', `${resource} was made before its one-shot removal was armed`);
    const drill = twin.world.drills.get(mark.drill);
    if (drill?.status !== 'open') report('I2', `${resource} was made, but drill ${mark.drill} is not open on record`);
    if (hourlyUsdOf(twin.world.catalog, drill?.plan.database) === undefined)
      report('cost', `${resource} was made, and nobody can tell what it costs`);
  }
}
