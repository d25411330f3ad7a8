import type { ServiceName, Slot } from '../contracts/names.ts';
import type { PodSeen } from '../contracts/pod.ts';

/** Single pods of the services. */
export interface Pods {
  /** Of the slot; those on their way out are not among them. */
  of(service: ServiceName, slot: Slot): Promise<PodSeen[]>;
  /**
   * Takes one away, as far as its disruption budget allows, and another comes in its place. One that is gone is fine. Returns at once.
   * Errors: `DependencyThrottled` while the budget allows none; `LeaseLost` for an older token than the last one seen.
   */
  recycle(service: ServiceName, slot: Slot, pod: string, token: number): Promise<void>;
}
