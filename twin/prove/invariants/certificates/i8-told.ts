import { endsOf } from '../../story.ts';
import { alarmed, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** At the end: each check that was asked for has an end on record, or somebody was woken. */
export const everyCheckEnds = (judged: Judged, report: Report): void => {
  if (alarmed(judged)) return;
  const ends = endsOf(judged.twin);
  for (const id of Object.keys(judged.story.ends)) if (!ends.has(id)) report('I8', `nothing is on record of ${id}`);
};

/** At the end: what is BAD on record was told, before it was recorded. So was what is said to be told. */
export const everyBadIsTold = ({ twin }: Judged, report: Report): void => {
  const told = [...twin.world.messages.values()].map(({ body }) => body).join('\n');
  for (const { subject, health, told: known } of twin.world.certificates.states.values())
    if ((health === 'BAD' || known) && !told.includes(`${subject} is `))
      report('I8', `nobody was told that ${subject} is ${health}`);
};

/** At the end: a renewal that needs people was told to them. */
export const everyRefusalIsTold = ({ twin }: Judged, report: Report): void => {
  const told = [...twin.world.messages.values()].map(({ subject }) => subject).join('\n');
  for (const { kind, data } of [...twin.world.ledger.values()].flat()) {
    const { subject, status } = data as { subject?: string; status?: string };
    if (kind === 'certificate-renewal' && status === 'refused' && !told.includes(String(subject)))
      report('I8', `nobody was told that ${subject} was refused`);
  }
};
