import type { Witness } from '../../contracts/failover.ts';
import type { Instant } from '../../contracts/instant.ts';

export type Confirmation = { lost: boolean; reason: string };

/**
 * Is the region lost? Rule: all must say so. One that cannot tell, one that saw an answer, and one that speaks twice under
 * the same name each count as "not lost": moving away from a region that lives costs more than waiting for a witness.
 */
export const confirmLoss = (witnesses: readonly Witness[], needed: number): Confirmation => {
  const names = new Set(witnesses.map(({ name }) => name));
  const against = witnesses.filter(({ saw }) => saw !== 'lost');
  const says = witnesses.map(({ name, saw, reason }) => `${name} ${saw}: ${reason}`).join('; ') || 'nobody was asked';
  if (names.size < needed || names.size < witnesses.length)
    return { lost: false, reason: `${names.size} of ${needed} witnesses spoke: ${says}` };
  if (against.length > 0)
    return { lost: false, reason: `${witnesses.length - against.length} of ${witnesses.length} say lost: ${says}` };
  return { lost: true, reason: `all ${witnesses.length} witnesses say lost: ${says}` };
};

/**
 * The last moment at which the region can have taken a write: the latest sign of life that any witness saw. Without one, the
 * moment of the confirmation, which makes the measured loss of data too large rather than too small.
 */
export const momentOfLoss = (witnesses: readonly Witness[], confirmedAt: Instant): Instant => {
  const signs = witnesses.flatMap(({ lastSignAt }) => lastSignAt ?? []).sort();
  const last = signs.at(-1);
  return last !== undefined && last < confirmedAt ? last : confirmedAt;
};
