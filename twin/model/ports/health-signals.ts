import { toMs } from '../../../lib/contracts/instant.ts';
import type { Alarm } from '../../../lib/contracts/signals.ts';
import type { HealthSignals } from '../../../lib/ports/health-signals.ts';
import type { Services } from '../world/services.ts';

export type Alarms = Map<string, Alarm>;

export const modelSignals = (services: Services, alarms: Alarms): HealthSignals => ({
  buckets: async (service, from, to) => services.get(service).buckets(toMs(from), toMs(to)),
  alarms: async (names) =>
    names.map((name) => alarms.get(name) ?? { name, state: 'insufficient-data' as const, acts: false }),
});
