import { alarmKeyOf } from '../../../../lib/domain/remediation/same-alarm.ts';
import type { Judged } from '../judged.ts';
import type { Report } from '../violation.ts';

/** At the end: an alarm that fired is one incident, whoever found out that it did, and however late. */
export const oneIncidentOfEach = ({ twin }: Judged, report: Report): void => {
  const seen = new Map<string, string>();
  for (const { id, alarm } of twin.world.incidents.incidents.values()) {
    const key = `${alarmKeyOf(alarm)} ${alarm.at}`;
    const first = seen.get(key);
    if (first) report('I3', `${alarm.name} of ${alarm.at} is two incidents: ${first} and ${id}`);
    seen.set(key, id);
  }
};
