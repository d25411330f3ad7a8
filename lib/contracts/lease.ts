import * as v from 'valibot';
import type { DatabaseName } from './database.ts';
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

/** The resource that a failover of the database holds. */
export const databaseLeaseOf = (database: DatabaseName): string => `database/${database}`;
/** The resource that a drill of the failover holds: another one, so that a drill never keeps a failover waiting. */
export const failoverDrillLeaseOf = (database: DatabaseName): string => `database/${database}/drill`;
