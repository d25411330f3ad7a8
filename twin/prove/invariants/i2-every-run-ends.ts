import { endsOf, type Story } from '../story.ts';
import type { Judged } from './judged.ts';
import type { Report } from './violation.ts';

/** Every run comes to an end. */
export const everyRunEnds = ({ twin }: Judged, report: Report): void => {
  for (const { name, status } of twin.runs.values()) if (status === 'RUNNING') report('I2', `${name} never ended`);
};

/** Whatever is held or half done keeps others out: what comes next must end well. */
export const nextEndsWell = ({ twin }: Judged, ends: Story['ends'], report: Report): void => {
  const ended = endsOf(twin);
  for (const [id, end] of Object.entries(ends))
    if (ended.get(id) !== end) report('I2', `${id} came next and ended as ${ended.get(id)}, not as ${end}`);
};
