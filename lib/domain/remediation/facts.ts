import type { Action } from '../../contracts/action.ts';
import type { AlarmChange } from '../../contracts/alarm.ts';
import type { Attempt, Breaker, GuardVerdict } from '../../contracts/incident.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { GuardPolicy, Playbook } from '../../contracts/playbook.ts';
import type { Freeze } from '../../contracts/policy.ts';
import type { RemediationSection } from '../../contracts/remediation-policy.ts';

/** All that guards look at. `undefined`: it could not be read, or is not there, so nobody knows. */
export type Facts = {
  now: Instant;
  incident: string;
  /** When the incident was opened. */
  openedAt: Instant | undefined;
  playbook: Playbook;
  act: Action;
  /** `service/shop`: what the act touches. */
  resource: string;
  policy: GuardPolicy | undefined;
  freezes: readonly Freeze[] | undefined;
  maintenance: RemediationSection['maintenance'] | undefined;
  ownedByTerraform: readonly string[] | undefined;
  /** Who else holds the resource; null when nobody does. */
  holder: string | null | undefined;
  breaker: Breaker | null | undefined;
  attempts: readonly Attempt[] | undefined;
  /** Of this alarm. */
  changes: readonly AlarmChange[] | undefined;
};

export type Said = Omit<GuardVerdict, 'guard'>;
/** Undefined: it lacks what it must know. */
export type Guard = (facts: Facts) => Said | undefined;
