import { type Instant, toMs } from '../../../lib/contracts/instant.ts';
import type { Alarm, FiringAlarm } from '../../../lib/contracts/signals.ts';
import type { HealthSignals } from '../../../lib/ports/health-signals.ts';
import type { Services } from '../world/services.ts';

/** One that fires says since when, and what it measures. */
export type ModelAlarm = Alarm & Partial<Pick<FiringAlarm, 'since' | 'labels'>>;
export type Alarms = Map<string, ModelAlarm>;

export const modelSignals = (services: Services, alarms: Alarms, now: () => Instant): HealthSignals => ({
  buckets: async (service, from, to) => services.get(service).buckets(toMs(from), toMs(to)),
  alarms: async (names) =>
    names.map((name) => plain(alarms.get(name) ?? { name, state: 'insufficient-data' as const, acts: false })),
  firing: async () =>
    [...alarms.values()]
      .filter(({ state }) => state === 'alarm')
      .map(({ name, since = now(), labels = {} }) => ({ name, since, says: 'as told', labels }))
      .sort((a, b) => (a.since < b.since ? -1 : 1)),
});

const plain = ({ name, state, acts }: ModelAlarm): Alarm => ({ name, state, acts });
