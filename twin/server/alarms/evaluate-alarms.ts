import { fromMs } from '../../../lib/contracts/instant.ts';
import { type Alarm, bucketSeconds } from '../../../lib/contracts/signals.ts';
import type { Clock } from '../../engine/index.ts';
import type { Alarms } from '../../live/index.ts';
import type { MeasuredAlarm } from './measured-alarm.ts';

interface Options {
  readonly alarms: Pick<Alarms, 'all' | 'set'>;
  readonly measured: readonly MeasuredAlarm[];
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

const periodMs = bucketSeconds * 1000;
/** After the end of a period, for requests that are just being counted. */
const graceMs = 100;

/**
 * Stands in for CloudWatch: at the end of each period of ten seconds sets each alarm to what was measured. One that was set by hand
 * holds until then. Answers the way to stop, after which nothing is set any more.
 */
export const evaluateAlarms = ({ alarms, measured, clock, onError }: Options): (() => void) => {
  const evaluate = async ({ name, above, measure }: MeasuredAlarm, toMs: number): Promise<void> => {
    const value = await measure(fromMs(toMs - periodMs), fromMs(toMs));
    if (value === undefined || !open) return;
    const state: Alarm['state'] = value > above ? 'alarm' : 'ok';
    if (alarms.all().find((one) => one.name === name)?.state !== state) alarms.set({ name, state, acts: true });
  };
  const lookAt = async (toMs: number): Promise<void> => {
    const looks = await Promise.allSettled(measured.map((alarm) => evaluate(alarm, toMs)));
    for (const look of looks) if (look.status === 'rejected') onError(look.reason);
    if (open) next();
  };
  const next = () => {
    const endMs = (Math.floor(clock.now() / periodMs) + 1) * periodMs;
    cancel = clock.at(endMs + graceMs, () => void lookAt(endMs).catch(onError));
  };
  let open = true;
  let cancel = () => {};
  next();
  return () => {
    open = false;
    cancel();
  };
};
