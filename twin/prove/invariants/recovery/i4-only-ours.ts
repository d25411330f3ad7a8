import type { Change } from '../../../model/changes.ts';
import type { Server } from '../../../model/world/server.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** What history says of a removal: see model/ports/databases.ts. */
interface Removed {
  readonly removed?: true;
  readonly mark?: unknown;
  readonly backup?: string;
}

/** At every instant: only what a drill marked, and only snapshots of a backup, are ever removed. */
export class OnlyOursIsRemoved {
  #seen = 0;

  check({ twin }: Judged, report: Report): void {
    const { list } = twin.world.changes;
    for (; this.#seen < list.length; this.#seen += 1) this.#judge(list[this.#seen] as Change, report);
  }

  #judge({ resource, value }: Change, report: Report): void {
    const { removed, mark, backup } = value as Removed;
    if (!removed) return;
    if (resource.startsWith('instance/') && mark === undefined)
      report('I4', `${resource} bore no mark, and was removed`);
    if (resource.startsWith('snapshot/') && backup === undefined)
      report('I4', `${resource} belonged to no backup, and was removed`);
  }
}

/** At every instant: nobody but its drill reaches a copy. */
export const copiesAreIsolated = ({ twin }: Judged, report: Report): void => {
  const servers = twin.world.instances.servers();
  const [copies, others] = [servers.filter(({ mark }) => mark), servers.filter(({ mark }) => !mark)];
  for (const copy of copies) for (const how of waysIn(copy, others)) report('I4', `${copy.id} can be reached: ${how}`);
};

const waysIn = ({ reach }: Server, others: readonly Server[]): string[] => [
  ...(reach.public ? ['it is public'] : []),
  ...others.flatMap((other) => [
    ...(other.reach.subnetGroup === reach.subnetGroup ? [`it is in the subnets of ${other.id}`] : []),
    ...(other.reach.securityGroups.some((group) => reach.securityGroups.includes(group))
      ? [`it is in a security group of ${other.id}`]
      : []),
  ]),
];
