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
