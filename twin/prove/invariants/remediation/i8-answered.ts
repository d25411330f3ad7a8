import { alarmed, type Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** At the end: an alarm that fires and that a playbook knows has an incident of this moment, whether or not anybody told of it. */
export const everyAlarmIsAnswered = (judged: Judged, report: Report): void => {
  const { twin, story, gone } = judged;
  if (!story.reconciled || (gone.size > 0 && alarmed(judged))) return;
  const { alarms, incidents } = twin.world;
  const answered = [...incidents.incidents.values()].map(({ alarm }) => `${alarm.name} ${alarm.at}`);
  for (const { name, state, since } of alarms.values())
    if (state === 'alarm' && since !== undefined && !answered.includes(`${name} ${since}`))
      report('I8', `${name} has fired since ${since}, and nobody answers it`);
};
