import type { Instant } from '../../contracts/instant.ts';
import type { Lease } from '../../contracts/lease.ts';
import type { RunState } from '../../contracts/run.ts';
import type { HolderMachine } from './holder-of.ts';

/** `ended`: the record of the release or the incident has an end. */
export type LeaseFacts = {
  lease: Lease;
  machine: HolderMachine;
  run: RunState | undefined;
  ended: boolean;
  now: Instant;
};

/**
 * Whether a lease is nobody's any more. Rule: never while its holder runs, or when nobody can tell; and before it expires only when
 * nothing of its holder is left to do: a release whose run was stopped is still to be undone, and may not be overtaken.
 */
export const isLeft = ({ lease, machine, run, ended, now }: LeaseFacts): boolean => {
  if (run === undefined || run.status === 'RUNNING') return false;
  if (lease.until <= now) return true;
  if (machine === 'rollback') return run.status === 'SUCCEEDED';
  return machine !== 'failover' && ended;
};
