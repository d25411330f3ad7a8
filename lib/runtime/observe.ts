import type { AlarmChange } from '../contracts/alarm.ts';
import { type Instant, plusSeconds } from '../contracts/instant.ts';
import type { Observation, RemedyWish } from '../contracts/remedy.ts';
import { alarmIsOver, isClearlyWorse, shareIsBelow } from '../domain/remediation/success.ts';
import type { Needs } from '../ports/index.ts';
import { alarmState } from './alarm-state.ts';
import type { Call } from './call.ts';
import { reading } from './reading.ts';

export type ObserveNeeds = Needs<'signals' | 'incidents'>;

type Look = { wish: RemedyWish; actedAt: Instant; periodSeconds: number; at: Instant };

/** Looks once, at the period that ends at `at`. What cannot be read is no answer. */
export const observe = async (ports: ObserveNeeds, look: Look, call: Pick<Call, 'log'>): Promise<Observation> => {
  const { at, wish } = look;
  const { change, playbook } = wish;
  if (playbook.success.kind === 'error-rate-below') return observeTraffic(ports, look, playbook.success.share, call);
  const held = alarmIsOver(await reading(call, 'the alarm', () => alarmState(ports, change)));
  return { at, ...(held === undefined ? {} : { success: held }) };
};

/** Compared with as long a time before the act. */
const observeTraffic = async (
  ports: ObserveNeeds,
  { wish: { change }, actedAt, periodSeconds, at }: Look,
  share: number,
  call: Pick<Call, 'log'>,
): Promise<Observation> => {
  const trafficTo = (end: Instant) => reading(call, 'the traffic', () => bucketsOf(ports, change, end, periodSeconds));
  const [before, after] = [await trafficTo(actedAt), await trafficTo(at)];
  const held = shareIsBelow(share, after);
  const worse = isClearlyWorse(share, before, after);
  return { at, ...(held === undefined ? {} : { success: held }), ...(worse ? { worse } : {}) };
};

const bucketsOf = async ({ signals }: ObserveNeeds, { resource }: AlarmChange, at: Instant, periodSeconds: number) =>
  resource.service === undefined ? [] : signals.buckets(resource.service, plusSeconds(at, -periodSeconds), at);
