import { ReleaseAlreadyRunning } from '../../../lib/contracts/failures.ts';
import type { Lease } from '../../../lib/contracts/lease.ts';
import type { Leases } from '../../../lib/ports/leases.ts';

/** `held` is there for whoever inspects the world. */
export const modelLeases = (held: Map<string, Lease>): Leases => {
  const tokens = new Map<string, number>();
  const grant = (resource: string, holder: string, until: string): Lease => {
    const token = (tokens.get(resource) ?? 0) + 1;
    const lease = { resource, holder, token, until };
    tokens.set(resource, token);
    held.set(resource, lease);
    return lease;
  };
  return {
    async take(resource, holder, until, now) {
      const lease = held.get(resource);
      if (lease && lease.until > now) {
        if (lease.holder === holder) return lease;
        throw new ReleaseAlreadyRunning(resource, lease.holder, lease.until);
      }
      return grant(resource, holder, until);
    },
    async takeOver(resource, holder, until) {
      const lease = held.get(resource);
      return lease?.holder === holder ? lease : grant(resource, holder, until);
    },
    current: async (resource) => held.get(resource),
    async release({ resource, holder, token }) {
      const lease = held.get(resource);
      if (lease?.holder === holder && lease.token === token) held.delete(resource);
    },
  };
};
