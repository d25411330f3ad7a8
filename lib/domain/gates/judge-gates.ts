import type { CertificateState } from '../../contracts/certificate.ts';
import type { Image } from '../../contracts/image.ts';
import type { Instant } from '../../contracts/instant.ts';
import { type Freeze, type GateName, gateNames } from '../../contracts/policy.ts';
import type { Plan } from '../../contracts/release.ts';
import type { Alarm } from '../../contracts/signals.ts';
import type { Check, Verdict } from '../../contracts/verdict.ts';
import { alarmsAble } from './alarms.ts';
import type { Answered } from './answered.ts';
import { certificatesOutlive } from './certificates.ts';
import { consistent } from './configuration.ts';
import { notFrozen } from './freeze.ts';
import { scanClean } from './image-scan.ts';
import { backupFresh, type RecoveryFacts, restoreDrillFresh } from './recovery.ts';

/** What the gates look at, read once before any is judged. */
export type GateFacts = {
  image: Image | undefined;
  alarms: Alarm[];
  badReason: string | undefined;
  freezes: Freeze[];
  now: Instant;
  /** Of each database that the service uses. */
  recovery?: readonly RecoveryFacts[];
  /** Of all services. */
  certificates?: readonly CertificateState[];
};

const unmeasured = (what: string): Answered => ({ verdict: 'inconclusive', reason: `nothing measures ${what} yet` });

const judges: Record<GateName, (plan: Plan, facts: GateFacts, alarmNames: readonly string[]) => Answered> = {
  imageScan: (plan, { image }) => scanClean(plan.policy.gates.imageScan, image),
  configuration: (plan) => consistent(plan.policy),
  alarms: (_, { alarms }, alarmNames) => alarmsAble(alarmNames, alarms),
  notFoundBad: (_, { badReason }) =>
    badReason
      ? { verdict: 'unhealthy', reason: `found bad before: ${badReason}` }
      : { verdict: 'healthy', reason: 'never found bad' },
  freeze: (_, { freezes, now }) => notFrozen(freezes, now),
  backupFresh: (_, facts) => backupFresh(facts.recovery ?? [], facts.now),
  restoreDrillFresh: (_, facts) => restoreDrillFresh(facts.recovery ?? [], facts.now),
  certificates: ({ service, policy }, { certificates, now }) =>
    certificatesOutlive(service, certificates ?? [], policy, now),
  schemaCompatible: () => unmeasured('whether both versions can read the schema'),
};

/**
 * One check for each gate that the policy names, all of them judged. Rule: only `healthy` passes; `warn` lets
 * `inconclusive` through and nothing worse.
 */
export const judgeGates = (
  plan: Plan,
  alarmNames: readonly string[],
  facts: GateFacts,
): { passed: boolean; checks: Check[] } => {
  const named = gateNames.filter((name) => plan.policy.gates[name] !== undefined);
  const checks = named.map((name) => ({ name, ...judges[name](plan, facts, alarmNames) }));
  const passes = ({ name, verdict }: { name: GateName; verdict: Verdict }) =>
    verdict === 'healthy' || (verdict === 'inconclusive' && plan.policy.gates[name]?.whenInconclusive === 'warn');
  return { passed: checks.length > 0 && checks.every(passes), checks };
};
