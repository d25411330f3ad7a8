import type { Instant } from '../contracts/instant.ts';
import type { Lease } from '../contracts/lease.ts';

/** Who may touch a resource, one at a time, each with a larger fencing token than anyone before. */
export interface Leases {
  /**
   * The same holder gets the lease it has, unless that has expired. Errors: `ReleaseAlreadyRunning` while another's
   * lease has not expired.
   */
  take(resource: string, holder: string, until: Instant, now: Instant): Promise<Lease>;
  /** Always succeeds, whoever holds it. The same holder gets the lease it has. */
  takeOver(resource: string, holder: string, until: Instant): Promise<Lease>;
  /** What is held now, if anything. An expired lease is shown until somebody takes it. */
  current(resource: string): Promise<Lease | undefined>;
  /** Gives it back; one that is no longer ours is left alone. The token is never reused. */
  release(lease: Lease): Promise<void>;
}
