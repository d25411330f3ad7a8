import { endsOf } from '../../story.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/**
 * Every verdict is true: what is red by itself is never called healthy, whatever goes wrong. And only what has gone for good
 * makes anything red that is not; a single blip never does.
 */
export const verdictsAreTrue = ({ twin, story, gone }: Judged, report: Report): void => {
  const ends = endsOf(twin);
  for (const [id, end] of Object.entries(story.ends)) {
    const ended = ends.get(id);
    if (ended === end || (gone.size > 0 && !isGood(ended))) continue;
    report('I6', `${id} ended as ${ended}, not as ${end}${gone.size > 0 ? '' : ', and nothing has gone for good'}`);
  }
};

const isGood = (end: string | undefined): boolean => end === 'healthy' || end === 'complete';

/** A backup is proven only by a drill that found its copy healthy. */
export const proofIsEarned = ({ twin }: Judged, report: Report): void => {
  const { backups, drills } = twin.world;
  const healthy = [...drills.values()].filter(({ plan, outcome }) => outcome?.verdict === 'healthy' && !plan.damage);
  for (const { id, proof } of backups.values())
    if (proof === 'proven' && !healthy.some(({ plan }) => plan.proves === id))
      report('I6', `backup ${id} is called proven, and no drill showed it`);
};
