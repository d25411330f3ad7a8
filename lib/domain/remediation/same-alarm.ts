import { type AlarmChange, resourceKeyOf } from '../../contracts/alarm.ts';

/** Which alarm it is. One name may stand for many resources: each is an alarm of its own. */
export const alarmKeyOf = ({ name, resource }: Pick<AlarmChange, 'name' | 'resource'>): string =>
  JSON.stringify([name, resourceKeyOf(resource)]);
