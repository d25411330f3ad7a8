import { nextAlarm } from '../../remediation-stories.ts';
import { alarmed, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** At the end: an incident that was opened has an end on record, or somebody was woken. */
export const everyIncidentEnds = (judged: Judged, report: Report): void => {
  if (judged.gone.size > 0 && alarmed(judged)) return;
  for (const { id, endedAt, status } of judged.twin.world.incidents.incidents.values())
    if (endedAt === undefined) report('I8', `${id} is still ${status} on record`);
};

/** At the end: of each incident people were told once, and the run of each that was escalated failed, which is an alarm. */
export const everyEndIsTold = (judged: Judged, report: Report): void => {
  if (judged.gone.size > 0 && alarmed(judged)) return;
  const { incidents, messages } = judged.twin.world;
  const failed = [...judged.twin.runs.values()].filter((run) => run.status !== 'SUCCEEDED').map(({ name }) => name);
  for (const { id, status, resource } of incidents.incidents.values()) {
    const told = [...messages.values()].filter(
      ({ id: of }) => of === `closing-${id}` || of.startsWith(`breaker-${resource}`),
    );
    if (told.length === 0) report('I8', `nobody was told how ${id} ended`);
    if (status === 'escalated' && !failed.includes(id)) report('I8', `${id} was escalated, and no alarm says so`);
  }
};

/** At the end: a single blip changes no end of an alarm that was heard of. */
export const blipsChangeNoEnd = ({ twin, story, gone }: Judged, report: Report): void => {
  if (gone.size > 0) return;
  const { incidents } = twin.world;
  for (const [id, end] of Object.entries(story.ends)) {
    const status = incidents.incidents.get(id)?.status;
    const heard = [...incidents.changes.values()].some(({ state, name }) => state === 'firing' && name !== nextAlarm);
    if (heard && status !== end) report('I8', `${id} ended as ${status}, not as ${end}, and nothing has gone for good`);
  }
};
