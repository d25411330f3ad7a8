import type { Instant } from '../contracts/instant.ts';
import type { Digest, ServiceName, Slot } from '../contracts/names.ts';
import type { SlotState } from '../contracts/slot-state.ts';

/**
 * Where services run: two slots per service. Writes are declarations (the same one twice changes nothing) and carry
 * the fencing token: an older token than the last one seen is refused with `LeaseLost`.
 */
export interface Cluster {
  slot(service: ServiceName, slot: Slot): Promise<SlotState>;
  /** Runs `digest` with `replicas` pods and keeps autoscaling from going below that number. Returns at once. */
  fill(service: ServiceName, slot: Slot, to: { digest: Digest; replicas: number }, token: number): Promise<void>;
  /** Keeps autoscaling at or above `replicas`; with the service's own floor the pin is gone. */
  pinFloor(service: ServiceName, slot: Slot, replicas: number, token: number): Promise<void>;
  /**
   * Starts all pods of the slot anew, with what it runs, a few at a time: the old ones serve until the new ones are ready,
   * and only the new ones count as `ready`. The same `at` again is the same restart; an empty slot stays empty. Returns at once.
   */
  restart(service: ServiceName, slot: Slot, at: Instant, token: number): Promise<void>;
  /**
   * Adds `by` pods, up to `atMost` of them, and keeps autoscaling from going below that. The same `at` again is the same scaling.
   * Gives how many are wanted then. Errors: `ActionImpossible` for a slot that is empty, or has as many already.
   */
  scaleUp(
    service: ServiceName,
    slot: Slot,
    to: { by: number; atMost: number },
    at: Instant,
    token: number,
  ): Promise<number>;
  /** Scales to zero. Only ever called on proof that nothing routes here. */
  retire(service: ServiceName, slot: Slot, token: number): Promise<void>;
}
