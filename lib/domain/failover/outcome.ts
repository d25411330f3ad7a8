import type { FailoverOutcome, FailoverPlan, FailoverVerified, Fencing } from '../../contracts/failover.ts';
import type { Failed } from '../../contracts/rollback.ts';
import { readCause } from '../release/read-cause.ts';
import { failBackPlan } from './fail-back-plan.ts';

export type FailoverEnd = {
  plan: FailoverPlan | null;
  fencing: Fencing | null;
  verified: FailoverVerified | null;
  failed: Failed | null;
  /** Of a drill whose copy was to be removed: whether it was seen to be gone. */
  absent: boolean | null;
};

/** How a run ended, and what people do next. */
export const outcomeOf = (end: FailoverEnd): FailoverOutcome => {
  const { plan, fencing, verified, absent } = end;
  const problems = problemsOf(end);
  const status = statusOf(end, problems);
  return {
    status,
    reason: [...(plan && verified ? [measured(plan, verified)] : []), ...problems].join('; ') || 'it came to no end',
    rtoSeconds: verified?.rtoSeconds ?? null,
    rpoSeconds: verified?.rpoSeconds ?? null,
    absent,
    failBack: nextSteps(plan, fencing, status),
  };
};

/** Rule: a drill is green only when it was verified within the promises and its copy was seen to be gone. */
const statusOf = (
  { plan, fencing, verified, absent }: FailoverEnd,
  problems: readonly string[],
): FailoverOutcome['status'] => {
  const untouched = plan?.mode === 'drill' ? absent === null : fencing === null;
  if (!plan || untouched) return 'refused';
  if (plan.mode === 'drill') return verified && problems.length === 0 ? 'drilled' : 'failed';
  return verified ? 'moved' : 'failed';
};

const problemsOf = ({ plan, verified, failed, absent }: FailoverEnd): string[] => [
  ...(failed ? [readCause(failed).reason] : []),
  ...(plan && verified ? brokenPromises(plan, verified) : []),
  ...(absent === false ? ['what the drill made is still there'] : []),
];

const brokenPromises = ({ promises }: FailoverPlan, { rtoSeconds, rpoSeconds }: FailoverVerified): string[] => [
  ...(rtoSeconds > promises.rtoSeconds ? [`it took longer than the promised ${promises.rtoSeconds} s`] : []),
  ...(rpoSeconds === null ? ['no sentinel came over, so the loss of data is not known'] : []),
  ...(rpoSeconds !== null && rpoSeconds > promises.rpoSeconds
    ? [`more data is missing than the promised ${promises.rpoSeconds} s`]
    : []),
];

const measured = ({ target }: FailoverPlan, { rtoSeconds, rpoSeconds, requests }: FailoverVerified): string =>
  `${target} takes writes and ${requests} requests reach the second side: RTO ${rtoSeconds.toFixed(1)} s, RPO ${rpoSeconds === null ? 'unknown' : `${rpoSeconds.toFixed(1)} s`}`;

const nextSteps = (plan: FailoverPlan | null, fencing: Fencing | null, status: FailoverOutcome['status']): string[] => {
  if (!plan || status === 'refused') return [];
  if (status === 'moved') return failBackPlan(plan, fencing);
  if (plan.mode === 'drill') return [];
  return [
    `Ask again when the cause is repaired: every step is safe to repeat, and ${plan.replica} is promoted at most once`,
    ...(fencing?.fence === 'fenced'
      ? [
          `${plan.old} is fenced. Give it the right to write back only when ${plan.replica} still follows it; two writers are worse than none`,
        ]
      : []),
  ];
};
