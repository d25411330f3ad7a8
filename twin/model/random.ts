/** A number from 0 (inclusive) to 1; the same seed gives the same row of numbers. */
export type Random = () => number;

/** Mulberry32 by Tommy Ettinger (public domain): small, fast, and good enough to play users. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** How many of `trials` succeed, each with this chance. */
export const binomial = (random: Random, trials: number, chance: number): number => {
  if (chance <= 0 || trials <= 0) return 0;
  if (chance >= 1) return trials;
  let hits = 0;
  for (let trial = 0; trial < trials; trial += 1) if (random() < chance) hits += 1;
  return hits;
};
