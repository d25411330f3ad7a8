import * as v from 'valibot';
import type { Instant } from '../../lib/contracts/instant.ts';
import type { Alarm } from '../../lib/contracts/signals.ts';
import type { Clock } from '../engine/index.ts';
import type { Alarms, StoredAlarm } from '../live/index.ts';
import { openDurable } from '../live/process/durable-value.ts';

export interface AlarmChange extends Pick<Alarm, 'name' | 'state'> {
  readonly previous: Alarm['state'];
  readonly at: Instant;
}

interface Options {
  readonly alarms: Pick<Alarms, 'all'>;
  readonly clock: Clock;
  /** Keeps what was told, so that a change while nothing watched is told later. */
  readonly file: string;
  readonly tell: (change: AlarmChange) => void;
  readonly onError: (error: unknown) => void;
}

const betweenLooksMs = 500;
const Told = v.record(v.string(), v.picklist(['ok', 'alarm', 'insufficient-data']));
type Told = v.InferOutput<typeof Told>;

/** What is to be told; a new alarm comes from knowing nothing. */
export const changesSince = (told: Told, alarms: readonly StoredAlarm[]): AlarmChange[] =>
  alarms
    .map(({ name, state, since }) => ({ name, state, previous: told[name] ?? 'insufficient-data', at: since }))
    .filter(({ state, previous }) => state !== previous);

/**
 * Tells each change of an alarm at least once. Any process may set an alarm in the store, so this one looks. Answers the
 * way to stop.
 */
export const watchAlarms = async ({ alarms, clock, file, tell, onError }: Options): Promise<() => void> => {
  const told = await openDurable<Told>(file, Told, {});
  const look = async () => {
    const changes = changesSince(told.current, alarms.all());
    for (const change of changes) tell(change);
    const news = Object.fromEntries(changes.map(({ name, state }) => [name, state]));
    if (changes.length > 0) await told.change((current) => ({ ...current, ...news }));
  };
  let open = true;
  let cancel = () => {};
  const repeat = async (): Promise<void> => {
    await look().catch(onError);
    if (open) cancel = clock.at(clock.now() + betweenLooksMs, repeat);
  };
  await repeat();
  return () => {
    open = false;
    cancel();
  };
};
