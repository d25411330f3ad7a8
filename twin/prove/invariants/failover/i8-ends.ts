import { endsOf } from '../../story.ts';
import { alarmed, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** Each failover and drill that was asked for has an end on record, and people were told, or somebody was woken. */
export const everyEndIsTold = (judged: Judged, report: Report): void => {
  if (alarmed(judged)) return;
  const ends = endsOf(judged.twin);
  const told = [...judged.twin.world.messages.values()].map(({ subject }) => subject).join('\n');
  for (const id of Object.keys(judged.story.ends)) {
    if (!ends.has(id)) report('I8', `nothing is on record of ${id}`);
    if (!told.includes(id)) report('I8', `nobody was told how ${id} ended`);
  }
};

/** A single blip changes no end: a failover that would have moved moves, and one that is refused stays so. */
export const blipsChangeNoEnd = ({ twin, story, gone }: Judged, report: Report): void => {
  if (gone.size > 0) return;
  const ends = endsOf(twin);
  for (const [id, end] of Object.entries(story.ends))
    if (ends.get(id) !== end)
      report('I8', `${id} ended as ${ends.get(id)}, not as ${end}, and nothing has gone for good`);
};
