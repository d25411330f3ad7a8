import type { Digest, Slot } from './names.ts';

/** Percent of traffic per slot; whole numbers that sum to 100. */
export type Weights = Readonly<Record<Slot, number>>;

/** One answered or failed request, as the caller saw it. Slot and digest are what the answer itself claimed. */
export type Answer = { ok: boolean; latencyMs: number; slot?: Slot; digest?: Digest };
