import * as v from 'valibot';
import { Instant } from './instant.ts';
import type { ServiceName } from './names.ts';

/** Who may touch a resource. `token` only grows: a write with an older token is refused (fencing). */
export const Lease = v.object({
  resource: v.string(),
  holder: v.string(),
  token: v.pipe(v.number(), v.integer()),
  until: Instant,
});
export type Lease = v.InferOutput<typeof Lease>;

/** The resource that a release or a rollback of the service holds. */
export const leaseOf = (service: ServiceName): string => `service/${service}`;
