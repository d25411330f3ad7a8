import type { Probe } from '../../../lib/ports/probe.ts';
import type { Services } from '../world/services.ts';

export const modelProbe = (services: Services): Probe => ({
  public: async (service, requests) => times(requests, () => services.get(service).requestThroughRouter()),
  slot: async (service, slot, requests) => times(requests, () => services.get(service).requestToSlot(slot)),
});

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
