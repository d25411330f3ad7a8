import type { Catalog } from '../../../../lib/contracts/catalog.ts';
import { alarmed, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** What a drill's copy of a database costs an hour. */
export const hourlyUsdOf = ({ databases, recovery }: Catalog, database: string | undefined): number | undefined => {
  const policy = databases.find(({ name }) => name === database)?.policy;
  return policy === undefined ? undefined : recovery[policy]?.drill.hourlyUsd;
};

/** Every drill that ended has a price; and people, or whoever is woken, are told that of a copy that outlived its drill. */
export const everyEndHasAPrice = (judged: Judged, report: Report): void => {
  const { drills, messages } = judged.twin.world;
  const orphans = [...messages.values()].filter(({ kind }) => kind === 'orphan');
  for (const { plan, outcome } of drills.values()) {
    if (!outcome) continue;
    if (!Number.isFinite(outcome.costUsd)) report('cost', `drill ${plan.drill} ended without a price`);
    const isTold = orphans.some(({ subject, body }) => subject.includes(plan.drill) && body.includes('USD'));
    if (!outcome.absent && !isTold && !alarmed(judged))
      report('cost', `nobody was told what ${plan.instance} costs, which outlived its drill`);
  }
};
