import type { Sentinel } from '../../contracts/content.ts';
import { type Instant, secondsBetween } from '../../contracts/instant.ts';

/** From the confirmed loss, or the start of a drill, to what requests showed. */
export const measureRto = (startedAt: Instant, verifiedAt: Instant): number => secondsBetween(startedAt, verifiedAt);

/** What is lost at most: from the newest sentinel that came over to the moment of loss. Null when none came over. */
export const measureRpo = (newest: Sentinel | null, lostAt: Instant): number | null =>
  newest && Math.max(0, secondsBetween(newest.at, lostAt));
