import { type SlotPods, scaled } from './slot-pods.ts';

/** Requests per second that one pod answers before it drops the rest, and at which autoscaling adds another. */
export const podCapacity = 20;
const podTarget = 10;
/** Autoscaling waits this long before it takes pods away (Kubernetes: scale-down stabilisation, shortened). */
const stabilisationMs = 30_000;

/** One look of a horizontal pod autoscaler: up at once, down after a quiet time, never below the floor. */
export const autoscaled = (
  pods: SlotPods,
  requestsPerSecond: number,
  nowMs: number,
  newReadyAtMs: number,
): SlotPods => {
  if (pods.readyAtMs.length === 0) return pods;
  const wanted = Math.max(pods.floor, Math.ceil(requestsPerSecond / podTarget));
  if (wanted > pods.readyAtMs.length) return scaled(pods, wanted, newReadyAtMs);
  const { quietSinceMs, ...busy } = pods;
  if (wanted === pods.readyAtMs.length) return busy;
  if (quietSinceMs === undefined) return { ...busy, quietSinceMs: nowMs };
  return nowMs - quietSinceMs < stabilisationMs ? pods : scaled(busy, wanted, newReadyAtMs);
};
