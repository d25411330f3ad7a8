import * as v from 'valibot';
import { Instant } from './instant.ts';
import { ServiceName } from './names.ts';

/** `disturbed`: something of it is being looked after. `down`: no machine could help, and people look after it. `unknown`: nobody can tell. */
export const serviceStates = ['well', 'disturbed', 'down', 'unknown'] as const;
export const ServiceState = v.picklist(serviceStates);
export type ServiceState = v.InferOutput<typeof ServiceState>;

/** What anybody may know: no names of resources, people or playbooks, and no reasons. */
export const StatusPage = v.object({
  at: Instant,
  services: v.array(v.object({ name: ServiceName, state: ServiceState })),
  /** Of the last days, newest first. `to` is left out while it goes on. */
  disturbances: v.array(v.object({ service: ServiceName, from: Instant, to: v.exactOptional(Instant) })),
  /** Planned work that is not over yet. */
  maintenance: v.array(v.object({ from: Instant, to: Instant })),
});
export type StatusPage = v.InferOutput<typeof StatusPage>;
