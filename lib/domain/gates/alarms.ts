import type { Alarm } from '../../contracts/signals.ts';
import type { Answered } from './answered.ts';

/** Rule: an alarm guards a release only when it is quiet now and would act if it fired. A missing one does neither. */
export const alarmsAble = (names: readonly string[], alarms: readonly Alarm[]): Answered => {
  if (names.length === 0) return { verdict: 'inconclusive', reason: 'no alarm guards this service' };
  const found = names.map(
    (name) =>
      alarms.find((alarm) => alarm.name === name) ?? ({ name, state: 'insufficient-data', acts: false } as const),
  );
  const firing = found.filter(({ state }) => state === 'alarm').map(({ name }) => name);
  if (firing.length > 0) return { verdict: 'unhealthy', reason: `already firing: ${firing.join(', ')}` };
  const blind = found
    .filter(({ state, acts }) => state !== 'ok' || !acts)
    .map(({ name, state }) => `${name} (${state === 'ok' ? 'has no action' : 'has no data'})`);
  if (blind.length > 0) return { verdict: 'inconclusive', reason: `could not fire: ${blind.join(', ')}` };
  return { verdict: 'healthy', reason: `${found.length} alarms are quiet and able to act` };
};
