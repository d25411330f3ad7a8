import type { SlotState } from '../../contracts/slot-state.ts';

/**
 * Pods the other slot needs before it may take over: as many as serve now, and never fewer than the floor. The larger
 * of wanted and ready counts, because a slot that is scaling up or has lost a pod still carries the traffic of all.
 */
export const capacityFor = (live: SlotState, floor: number): number => Math.max(live.wanted, live.ready, floor);
