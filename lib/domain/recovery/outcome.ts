import type { Damage, DrillOutcome, DrillPhases, DrillPlan } from '../../contracts/drill.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import type { Check } from '../../contracts/verdict.ts';
import { overall } from '../verdict/worst.ts';
import { costOf, judgePromises, measure } from './measure.ts';

/** What is known when a drill comes to its end. `failed`: what stopped it, before or after its checks. */
export type DrillFacts = {
  plan: DrillPlan;
  policy: RecoveryPolicy;
  phases: DrillPhases;
  checks: readonly Check[];
  newestSentinel?: Instant;
  failed?: { error: string; reason: string };
  now: Instant;
};

/** Faults of content, as opposed to those of speed: a damaged copy must show one of them. */
const ofSpeed = ['rto'];

/**
 * The end of a drill. Rule: no verdict is no pass; a copy that is not seen to be gone is no pass; a copy that was damaged on purpose
 * must have been found out.
 */
export const outcomeOf = (facts: DrillFacts): DrillOutcome => {
  const { plan, policy, phases, now } = facts;
  const measured = measure(plan, phases, facts.newestSentinel);
  const last = facts.failed ? [stopped(facts.failed)] : judgePromises(measured, policy);
  const content = [...facts.checks, ...last];
  const absent = phases.removedAt !== undefined;
  const checks = [...(plan.damage ? [judgeChecker(plan.damage, content, facts)] : content), judgeAbsence(plan, absent)];
  return {
    verdict: overall(checks),
    checks: plan.damage ? [...checks, ...content.map(asSeen)] : checks,
    ...measured,
    phases,
    absent,
    costUsd: costOf(policy.drill.hourlyUsd, phases.armedAt ?? now, phases.removedAt ?? now),
    reason: reasonOf(checks),
  };
};

/** The check of a drill that was stopped on its way. */
const run = 'run';

const stopped = ({ error, reason }: { error: string; reason: string }): Check => ({
  name: run,
  verdict: restoreRefused.includes(error) ? 'unhealthy' : 'error',
  reason: `${error}: ${reason}`,
});

/** The backup itself is at fault, not whatever was in the way. */
const restoreRefused = [
  'RestoreFailed',
  'SnapshotNotFound',
  'PointNotRestorable',
  'EngineIncompatible',
  'ProductionLogin',
];

const judgeAbsence = ({ instance }: DrillPlan, absent: boolean): Check =>
  absent
    ? { name: 'absence', verdict: 'healthy', reason: `${instance} was seen to be gone` }
    : { name: 'absence', verdict: 'error', reason: `${instance} was not seen to be gone; its removers are armed` };

/** Done to files: the server may see it before any check can. All other damage is done to a copy that answers. */
const seenByRestore: readonly Damage[] = ['truncated-wal', 'flipped-page'];

/**
 * A negative control is healthy when the content was found unhealthy. That nobody could look is no finding: it neither proves the
 * checker nor breaks it.
 */
const judgeChecker = (damage: Damage, content: readonly Check[], { checks, phases, failed }: DrillFacts): Check => {
  const name = 'checker';
  const tells = failed?.error === 'RestoreFailed' && seenByRestore.includes(damage);
  const ignored = [...ofSpeed, ...(tells ? [] : [run])];
  const red = content.filter((check) => check.verdict === 'unhealthy' && !ignored.includes(check.name));
  if (red.length > 0)
    return {
      name,
      verdict: 'healthy',
      reason: `the damage was seen: ${damage} by ${red.map((one) => one.name).join(', ')}`,
    };
  if (checks.length === 0 || phases.verifiedAt === undefined)
    return {
      name,
      verdict: 'error',
      reason: `nobody looked to the end: ${failed ? stopped(failed).reason : 'no verdict'}`,
    };
  return { name, verdict: 'unhealthy', reason: `CheckerBlind: ${damage} was done to the copy, and no check saw it` };
};

/** Kept for the reader; they do not count, because they are about a copy that was damaged on purpose. */
const asSeen = ({ name, verdict, reason }: Check): Check => ({
  name: `seen: ${name}`,
  verdict: 'healthy',
  reason: `${verdict}: ${reason}`,
});

const reasonOf = (checks: readonly Check[]): string => {
  const bad = checks.filter(({ verdict }) => verdict !== 'healthy');
  const told = bad.length > 0 ? bad : checks.filter(({ name }) => name === 'checker');
  return told.length > 0 ? told.map(({ name, reason }) => `${name}: ${reason}`).join('; ') : 'all checks are healthy';
};
