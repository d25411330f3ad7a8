import { endsOf } from '../story.ts';
import type { Judged } from './judged.ts';
import type { Report } from './violation.ts';

/** A single blip changes no end: what would have succeeded does, and what is refused stays so. */
export const blipsChangeNoEnd = ({ twin, story, gone }: Judged, report: Report): void => {
  if (gone.size > 0) return;
  const ends = endsOf(twin);
  for (const [id, end] of Object.entries(story.ends))
    if (ends.get(id) !== end)
      report('I8', `${id} ended as ${ends.get(id)}, not as ${end}, and nothing has gone for good`);
};
