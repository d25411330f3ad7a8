import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';
import { attemptOf, isAct } from './acts.ts';

/** At the end: whatever was changed was changed by an attempt on record, and no two restarts are of one attempt. */
export const oneEffectOfEach = ({ twin }: Judged, report: Report): void => {
  const { world } = twin;
  const acts = world.changes.list.filter((change) => isAct(change, twin));
  for (const change of acts)
    if (!attemptOf(change, world)) report('I3', `${change.resource} was changed, and no attempt is on record`);
  const effects = new Set(acts.map(({ value }) => JSON.stringify(value))).size;
  const attempts = [...world.incidents.attempts.values()].filter(({ shadow }) => !shadow).length;
  if (effects > attempts) report('I3', `${attempts} attempts had ${effects} effects`);
};
