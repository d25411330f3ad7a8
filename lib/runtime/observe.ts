import type { AlarmChange } from '../contracts/alarm.ts';
import { type Instant, plusSeconds } from '../contracts/instant.ts';
import type { Observation, RemedyWish } from '../contracts/remedy.ts';
import { alarmIsOver, shareIsBelow } from '../domain/remediation/success.ts';
import type { Needs } from '../ports/index.ts';
import type { Call } from './call.ts';
import { reading } from './reading.ts';

export type ObserveNeeds = Needs<'signals' | 'incidents'>;

/** Looks once, at the period that ends at `at`. What cannot be read is no answer. */
export const observe = async (
  ports: ObserveNeeds,
  { change, playbook: { success } }: RemedyWish,
  periodSeconds: number,
  at: Instant,
  call: Pick<Call, 'log'>,
): Promise<Observation> => {
  const held =
    success.kind === 'alarm-over'
      ? alarmIsOver(await reading(call, 'the alarm', () => stateOf(ports, change)))
      : shareIsBelow(
          success.share,
          await reading(call, 'the traffic', () => bucketsOf(ports, change, at, periodSeconds)),
        );
  return { at, ...(held === undefined ? {} : { success: held }) };
};

const states = { ok: 'over', alarm: 'firing', 'insufficient-data': 'unknown' } as const;

/** CloudWatch can be asked; of others is known what they last told. */
const stateOf = async ({ signals, incidents }: ObserveNeeds, change: AlarmChange) => {
  if (change.source === 'cloudwatch') {
    const [alarm] = await signals.alarms([change.name]);
    return alarm && states[alarm.state];
  }
  const changes = await incidents.changes(change.name, change.at);
  return changes.find(({ resource }) => resource.kind === change.resource.kind && resource.id === change.resource.id)
    ?.state;
};

const bucketsOf = async ({ signals }: ObserveNeeds, { resource }: AlarmChange, at: Instant, periodSeconds: number) =>
  resource.service === undefined ? [] : signals.buckets(resource.service, plusSeconds(at, -periodSeconds), at);
