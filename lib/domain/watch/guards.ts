import type { Alarm } from '../../contracts/signals.ts';
import type { Check } from '../../contracts/verdict.ts';

/** Alarms were quiet and able to act when the release began; a firing one speaks against it, a blind one for nothing. */
export const alarmsQuiet = (alarms: readonly Alarm[]): Check => {
  const named = (state: Alarm['state']): string =>
    alarms
      .filter((alarm) => alarm.state === state)
      .map(({ name }) => name)
      .join(', ');
  const name = 'alarms';
  if (named('alarm')) return { name, verdict: 'unhealthy', reason: `firing: ${named('alarm')}` };
  if (named('insufficient-data'))
    return { name, verdict: 'inconclusive', reason: `without data: ${named('insufficient-data')}` };
  if (alarms.length === 0) return { name, verdict: 'inconclusive', reason: 'no alarm guards this service' };
  return { name, verdict: 'healthy', reason: `${alarms.length} alarms are quiet` };
};

/** Whether all buckets are there: from the shift on for both slots, and some of the live slot before it. */
export const bucketsComplete = (missing: readonly string[], baselineBuckets: number): Check => {
  const name = 'buckets';
  if (missing.length > 0)
    return { name, verdict: 'error', reason: `${missing.length} buckets are missing, the first at ${missing[0]}` };
  if (baselineBuckets === 0) return { name, verdict: 'error', reason: 'no bucket from before the shift' };
  return { name, verdict: 'healthy', reason: 'no bucket is missing' };
};
