import { endsOf } from '../../story.ts';
import { alarmed, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** Each drill and each backup that ended was told to people, or somebody was woken. */
export const everyEndIsTold = (judged: Judged, report: Report): void => {
  if (alarmed(judged)) return;
  const { drills, backups, messages } = judged.twin.world;
  const asked = Object.keys(judged.story.ends);
  const told = [...messages.values()].map(({ subject }) => subject).join('\n');
  const ended = [...drills.keys(), ...[...backups.keys()].filter((id) => asked.includes(id))];
  for (const id of ended) if (!told.includes(id)) report('I8', `nobody was told how ${id} ended`);
};

/** What was asked for has an end on record, or somebody was woken. */
export const everyWishIsAnswered = (judged: Judged, report: Report): void => {
  if (alarmed(judged)) return;
  const ends = endsOf(judged.twin);
  for (const id of Object.keys(judged.story.ends)) if (!ends.has(id)) report('I8', `nothing is on record of ${id}`);
};
