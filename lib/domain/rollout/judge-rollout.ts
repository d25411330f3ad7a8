import { type Instant, secondsBetween, toMs } from '../../contracts/instant.ts';
import type { Digest } from '../../contracts/names.ts';
import type { SlotState } from '../../contracts/slot-state.ts';

export type RolloutFacts = { digest: Digest; wanted: number; slot: SlotState; deadline: Instant; now: Instant };
export type Rollout = { state: 'waiting' | 'ready' | 'failed'; reason: string };

/**
 * A slot is ready when every wanted pod of this digest is. Rule: a crash loop fails at once, and a count of ready pods
 * that comes and goes is no progress; only the stored deadline counts.
 */
export const judgeRollout = ({ digest, wanted, slot, deadline, now }: RolloutFacts): Rollout => {
  const ready = slot.digest === digest ? slot.ready : 0;
  const seen = `${ready} of ${wanted} pods are ready`;
  if (slot.digest === digest && slot.crashing) return { state: 'failed', reason: `pods keep crashing, ${seen}` };
  if (ready >= wanted) return { state: 'ready', reason: seen };
  if (toMs(now) >= toMs(deadline)) return { state: 'failed', reason: `deadline ${deadline} passed, ${seen}` };
  return { state: 'waiting', reason: `${seen}, ${Math.ceil(secondsBetween(now, deadline))} s left` };
};
