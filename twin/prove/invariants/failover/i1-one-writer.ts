import type { SideWeights } from '../../../../lib/contracts/failover.ts';
import type { Change } from '../../../model/changes.ts';
import { regionIn, secondRegion } from '../../failover-stories.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

const publicWeights = ({ twin }: Judged): SideWeights[] =>
  secondRegion.records.map((record) => twin.world.failover.names.effective(record));

/** At every instant: users never reach two servers that take writes (split brain). */
export const usersReachOneWriter = (judged: Judged, report: Report): void => {
  const region = regionIn(judged.twin);
  const weights = publicWeights(judged);
  const old = region.front === 'up' && region.oldWrites() && weights.some(({ primary }) => primary > 0);
  const second = region.replicaWrites() && weights.some(({ second }) => second > 0);
  if (old && second) report('I1', `users reach ${region.old} and ${region.replica}, and both take writes`);
};

/** At every instant: no public name leads to the second side while its database refuses writes. */
export const namesLeadToWriters = (judged: Judged, report: Report): void => {
  const region = regionIn(judged.twin);
  if (region.replicaWrites()) return;
  if (publicWeights(judged).some(({ second }) => second > 0))
    report('I1', `a public name leads to ${region.replica}, which refuses writes`);
};

/** At every instant: nothing is promoted while the old writer takes writes. */
export class NothingIsPromotedBesideAWriter {
  #seen = 0;

  check({ twin }: Judged, report: Report): void {
    const { list } = twin.world.changes;
    for (; this.#seen < list.length; this.#seen += 1) {
      const { resource, value } = list[this.#seen] as Change;
      if (value === 'promoted' && regionIn(twin).oldWrites())
        report('I1', `${resource} was promoted while ${regionIn(twin).old} took writes`);
    }
  }
}

/** At the end: a region that is lost, and whose loss everybody confirmed, serves nobody any more. */
export const usersAreServed = ({ twin, story, gone }: Judged, report: Report): void => {
  if (gone.size > 0 || regionIn(twin).rebuilt || !Object.values(story.ends).includes('moved')) return;
  for (const record of secondRegion.records) {
    const { second } = twin.world.failover.names.effective(record);
    if (second !== 100) report('I1', `${second} % of users of ${record} reach the second side`);
  }
};
