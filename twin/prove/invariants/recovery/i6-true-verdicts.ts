import type { Drill } from '../../../../lib/contracts/drill.ts';
import { endsOf } from '../../story.ts';
import { goneButLoud, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/**
 * Every verdict is true: what is red by itself is never called healthy, whatever goes wrong. And only what has gone for good
 * makes anything red that is not; a single blip never does. What has no end at all is I2's to tell.
 */
export const verdictsAreTrue = ({ twin, story, gone }: Judged, report: Report): void => {
  const ends = endsOf(twin);
  for (const [id, end] of Object.entries(story.ends)) {
    const ended = ends.get(id) ?? 'nothing';
    const elsewhere = story.stopped && (ended === 'nothing' || isGood(ended));
    if (ended === end || unended.includes(ended) || elsewhere || (gone.size > 0 && !isGood(ended))) continue;
    report('I6', `${id} ended as ${ended}, not as ${end}${gone.size > 0 ? '' : ', and nothing has gone for good'}`);
  }
};

const unended = ['open', 'taking'];
const isGood = (end: string): boolean => end === 'healthy' || end === 'complete';

/** A backup is called what drills showed of its content, whatever else became of them, and nothing better. */
export const proofIsEarned = (judged: Judged, report: Report): void => {
  const { backups, drills, evidence } = judged.twin.world;
  const known = [...drills.values(), ...[...evidence.values()].flat().flatMap(({ drill }) => drill ?? [])];
  for (const { id, proof } of backups.values()) {
    const ofIt = known.filter(({ plan, outcome }) => plan.proves === id && !plan.damage && outcome?.phases.verifiedAt);
    const shown = new Set(ofIt.map(isWhole));
    if (proof === 'proven' && !shown.has(true)) report('I6', `backup ${id} is proven, and no drill showed it`);
    if (proof === 'unproven' && shown.size > 0 && !goneButLoud(judged, ['backups']))
      report('I6', `backup ${id} was restored and read, and is still called unproven`);
  }
};

/** How fast it came back, and whether it went again, says nothing of what is in it. */
const notOfContent = ['rpo', 'rto', 'absence'];
const isWhole = ({ outcome }: Drill): boolean =>
  outcome?.checks.every(({ name, verdict }) => verdict === 'healthy' || notOfContent.includes(name)) ?? false;
