import type { Change } from '../../../model/changes.ts';
import { secondRegion } from '../../failover-stories.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** What a drill may change: its own name, what bears its mark, and its one-shot remover. Everything else is production. */
const isOfDrill = ({ resource, value }: Change): boolean =>
  resource === `name/${secondRegion.drillRecord}` ||
  resource.startsWith('removal/') ||
  (resource.startsWith('instance/') && (value as { mark?: unknown }).mark !== undefined);

/** At every instant of a story in which nothing but drills are asked for: nothing of production is changed. */
export class DrillTouchesNothing {
  #seen: number | undefined;

  check({ twin, story }: Judged, report: Report): void {
    const { list } = twin.world.changes;
    this.#seen ??= list.length;
    for (; this.#seen < list.length; this.#seen += 1) {
      const change = list[this.#seen] as Change;
      if (story.onlyDrills && !isOfDrill(change))
        report('I4', `a drill changed ${change.resource} to ${JSON.stringify(change.value)}`);
    }
  }
}

/** At every instant of a story whose failover is refused: no server and no public name is changed. */
export class RefusedTouchesNothing {
  #seen = 0;

  check({ twin, story }: Judged, report: Report): void {
    const { list } = twin.world.changes;
    const refused = Object.values(story.ends).every((end) => end === 'refused');
    for (; this.#seen < list.length; this.#seen += 1) {
      const { resource, value } = list[this.#seen] as Change;
      const isPublic = secondRegion.records.some((record) => resource === `name/${record}`);
      if (refused && (isPublic || resource.startsWith('server/')))
        report('I4', `a failover that was refused changed ${resource} to ${JSON.stringify(value)}`);
    }
  }
}
