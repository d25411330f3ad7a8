import type { Service } from '../../lib/contracts/catalog.ts';
import { type Alarms, type LiveAccess, pushSamples, seedService } from '../live/index.ts';

/** What a world needs before the first deployment: quiet alarms, images to try, and one live release per service. */
export const seedWorld = async (stateDir: string, access: LiveAccess, services: readonly Service[]): Promise<void> => {
  for (const service of services) {
    createAlarms(access.alarms, service);
    const digests = await pushSamples(stateDir, service.name);
    await seedService(access.ports, service, digests['good-1']);
  }
};

/** An alarm that is there keeps its state. */
const createAlarms = (alarms: Alarms, service: Service): void => {
  const known = new Set(alarms.all().map(({ name }) => name));
  for (const name of service.alarms) if (!known.has(name)) alarms.set({ name, state: 'ok', acts: true });
};
