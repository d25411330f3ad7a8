import type { DrillOutcome, DrillPlan } from '../../contracts/drill.ts';
import type { DrillEnd } from '../../contracts/drill-end.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import type { Failed } from '../../contracts/rollback.ts';
import { readCause } from '../release/read-cause.ts';
import { outcomeOf } from './outcome.ts';

type Planned = { plan: DrillPlan; policy: RecoveryPolicy };

/** The outcome of a run that had a plan. A run that came to no verdict failed, whether it knows why or not. */
export const outcomeAt = ({ plan, policy }: Planned, end: DrillEnd, now: Instant): DrillOutcome => {
  const { verified, failed, phases } = end;
  const stopped = failed ?? (verified ? null : { error: 'OutputInvalid', cause: 'nothing was verified' });
  return outcomeOf({
    plan,
    policy,
    phases: { ...phases, ...(verified && { verifiedAt: verified.verifiedAt }) },
    checks: verified?.checks ?? [],
    ...(verified?.newestSentinel && { newestSentinel: verified.newestSentinel }),
    ...(stopped && { failed: { error: stopped.error, reason: reasonIn(stopped) } }),
    now,
  });
};

/** Without the name of the error, which whoever reads it puts in front. */
export const reasonIn = (failed: Failed): string => {
  const { reason } = readCause(failed);
  return reason.startsWith(`${failed.error}: `) ? reason.slice(failed.error.length + 2) : reason;
};

/** The error that the run ends with, after all was recorded; undefined for a good end. What still costs money comes first. */
export const failureOf = ({ verdict, absent, checks }: DrillOutcome, failed: Failed | null) => {
  if (!absent) return 'OrphanLeft';
  if (verdict === 'healthy') return undefined;
  const blind = checks.some(({ name, verdict: found }) => name === 'checker' && found === 'unhealthy');
  return blind && !failed ? 'CheckerBlind' : 'DrillFailed';
};
