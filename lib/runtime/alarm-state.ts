import { type AlarmChange, resourceKeyOf } from '../contracts/alarm.ts';
import type { Needs } from '../ports/index.ts';

const states = { ok: 'over', alarm: 'firing', 'insufficient-data': 'unknown' } as const;

/** What an alarm says now. CloudWatch can be asked; of others is known what they last told. */
export const alarmState = async (
  { signals, incidents }: Needs<'signals' | 'incidents'>,
  change: AlarmChange,
): Promise<AlarmChange['state'] | undefined> => {
  if (change.source === 'cloudwatch') {
    const [alarm] = await signals.alarms([change.name]);
    return alarm && states[alarm.state];
  }
  const changes = await incidents.changes(change.name, change.at);
  return changes.find(({ resource }) => resourceKeyOf(resource) === resourceKeyOf(change.resource))?.state;
};
