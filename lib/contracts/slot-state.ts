import type { Digest } from './names.ts';

/**
 * What a slot runs. `ready` counts pods that pass their readiness check and run `digest`; after a restart, only
 * those that were started by it.
 * `crashing`: a pod of this generation has restarted too often; a rising `ready` does not take that back.
 * `floor`: the number autoscaling may not go below.
 */
export type SlotState = { digest?: Digest; wanted: number; ready: number; crashing: boolean; floor: number };
