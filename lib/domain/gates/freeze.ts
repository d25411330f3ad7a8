import { type Instant, toMs } from '../../contracts/instant.ts';
import type { Freeze } from '../../contracts/policy.ts';
import type { Answered } from './answered.ts';

/** From `from` up to, not including, `to`. Only an undo runs in a freeze, and it never comes here. */
export const notFrozen = (freezes: readonly Freeze[], now: Instant): Answered => {
  const active = freezes.find(({ from, to }) => toMs(from) <= toMs(now) && toMs(now) < toMs(to));
  if (active) return { verdict: 'unhealthy', reason: `frozen until ${active.to}: ${active.reason}` };
  return { verdict: 'healthy', reason: 'no freeze now' };
};
