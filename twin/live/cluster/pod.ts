import type { ServiceName, Slot } from '../../../lib/contracts/names.ts';
import type { PodSpec } from '../pod/pod-spec.ts';

/**
 * A pod as the node knows it. `starting` has not told its port yet; `unready` missed health checks and gets no
 * requests; `draining` is on its way out, by our will.
 */
export type Pod = PodSpec & {
  pid: number;
  port?: number;
  phase: 'starting' | 'ready' | 'unready' | 'draining';
  /** Health checks missed in a row. */
  misses: number;
  nextCheckMs: number;
  /** A check is under way: a pod that hangs holds up nobody but itself. */
  checking: boolean;
  /** When it entered its phase. */
  sinceMs: number;
};

export const inSlot =
  (service: ServiceName, slot: Slot) =>
  (pod: Pod): boolean =>
    pod.service === service && pod.slot === slot;

export const enterPhase = (pod: Pod, phase: Pod['phase'], nowMs: number): void => {
  if (pod.phase === phase) return;
  pod.phase = phase;
  pod.sinceMs = nowMs;
};
