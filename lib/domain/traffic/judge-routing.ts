import type { Slot } from '../../contracts/names.ts';
import type { Placement } from '../../contracts/release.ts';
import type { Answer } from '../../contracts/routing.ts';
import type { Check, Verdict } from '../../contracts/verdict.ts';

/**
 * Is all traffic where it should be? Rule: only answers count, not what was written. A failed request says nothing
 * about the route, so it is never a pass, and no request at all is no answer.
 */
export const judgeRouting = (answers: readonly Answer[], expected: Placement): Check => {
  const check = (verdict: Verdict, reason: string): Check => ({ name: 'routing', verdict, reason });
  if (answers.length === 0) return check('inconclusive', 'no request was sent');
  const elsewhere = answers.filter(
    ({ ok, slot, digest }) => ok && (slot !== expected.slot || digest !== expected.digest),
  ).length;
  if (elsewhere > 0)
    return check(
      'unhealthy',
      `${elsewhere} of ${answers.length} requests did not reach ${expected.digest} in slot ${expected.slot}`,
    );
  const failed = answers.filter(({ ok }) => !ok).length;
  if (failed > 0) return check('error', `${failed} of ${answers.length} requests failed`);
  return check('healthy', `all ${answers.length} requests reached ${expected.digest} in slot ${expected.slot}`);
};

/** A failed request that names the slot counts too: it was routed there. */
export const sawSlot = (answers: readonly Answer[], slot: Slot): boolean =>
  answers.some((answer) => answer.slot === slot);
