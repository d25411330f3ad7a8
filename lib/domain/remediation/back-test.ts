import type { ActionKind } from '../../contracts/action.ts';
import { type AlarmChange, resourceKeyOf } from '../../contracts/alarm.ts';
import type { Attempt, Decision } from '../../contracts/incident.ts';
import { type Instant, plusSeconds } from '../../contracts/instant.ts';
import type { GuardPolicy, Playbook } from '../../contracts/playbook.ts';
import type { Freeze } from '../../contracts/policy.ts';
import type { RemediationSection } from '../../contracts/remediation-policy.ts';
import { decide } from './decide.ts';
import type { Facts } from './facts.ts';
import { type Go, goOf } from './go-of.ts';
import { incidentIdOf } from './incident-id.ts';
import { matches } from './playbook-for.ts';
import { rungOf } from './rung-of.ts';
import { alarmKeyOf } from './same-alarm.ts';

/** What held at the time. `releases`: when each held its service, from `from` up to, not including, `to`. */
export type PastContext = {
  policy: GuardPolicy;
  freezes: readonly Freeze[];
  maintenance: RemediationSection['maintenance'];
  ownedByTerraform: readonly string[];
  releases: readonly { service: string; release: string; from: Instant; to: Instant }[];
};

/** What the first rung of a playbook would have come to. `go`: as `goOf` says, `stop` where nothing would have been done. */
export type PastAct = {
  at: Instant;
  incident: string;
  alarm: string;
  resource: string;
  act: ActionKind;
  decision: Decision;
  go: Go['go'];
};

/** Longer than any window of a guard; older ones change nothing. */
const lookBackSeconds = 604_800;

/**
 * What a playbook would have done about alarms of the past, oldest first, with the same guards as today. It assumes that each act was
 * seen to help as soon as it could be, so later rungs do not come, and that people closed every breaker before the next alarm.
 */
export const backTest = (history: readonly AlarmChange[], playbook: Playbook, context: PastContext): PastAct[] => {
  const acts = new Map<string, PastAct>();
  const past: Past = { attempts: [], changes: new Map() };
  for (const change of [...history].sort(byMoment)) {
    const incident = incidentIdOf(change, playbook);
    if (acts.has(incident) && change.state === 'firing') continue;
    keepChange(past, change);
    if (change.state !== 'firing' || !matches(playbook.match, change)) continue;
    acts.set(incident, answer({ change, playbook, incident }, past, context));
  }
  return [...acts.values()];
};

/** By moment; of one moment in one order, however they came. */
const byMoment = (a: AlarmChange, b: AlarmChange): number => {
  const [one, other] = [orderOf(a), orderOf(b)];
  return one === other ? 0 : one < other ? -1 : 1;
};
const orderOf = (change: AlarmChange): string => `${change.at} ${change.state} ${alarmKeyOf(change)}`;

type Past = { attempts: Attempt[]; changes: Map<string, AlarmChange[]> };
type Answering = { change: AlarmChange; playbook: Playbook; incident: string };

const keepChange = ({ changes }: Past, change: AlarmChange): void => {
  const since = plusSeconds(change.at, -lookBackSeconds);
  const recent = (changes.get(alarmKeyOf(change)) ?? []).filter(({ at }) => at > since);
  if (recent.some(({ at, state }) => at === change.at && state === change.state)) return;
  changes.set(alarmKeyOf(change), [...recent, change]);
};

/** Decides as the machine would have, and remembers what it would have done. */
const answer = ({ change, playbook, incident }: Answering, past: Past, context: PastContext): PastAct => {
  const { act, resource, rung } = rungOf({ playbook, change }, 0);
  const now = change.at;
  const since = plusSeconds(now, -lookBackSeconds);
  past.attempts = past.attempts.filter(({ at }) => at > since);
  const facts: Facts = {
    ...context,
    ...{ now, incident, openedAt: now, playbook, act, resource: resourceKeyOf(resource), breaker: null },
    holder: holderAt(context, resource.service, now),
    attempts: past.attempts,
    changes: past.changes.get(alarmKeyOf(change)),
  };
  const decision = decide(facts);
  const { go } = goOf({ decision, act, mode: playbook.mode, answer: null });
  if (go === 'act') past.attempts = [...past.attempts, attemptOf(facts, rung)];
  return { at: now, incident, alarm: change.name, resource: facts.resource, act: act.kind, decision, go };
};

const holderAt = ({ releases }: PastContext, service: string | undefined, now: Instant): string | null =>
  releases.find((one) => one.service === service && one.from <= now && now < one.to)?.release ?? null;

const attemptOf = (
  { incident, playbook, resource, act, now }: Facts,
  { settleSeconds, periodSeconds, periods }: Playbook['rungs'][number],
): Attempt => ({
  ...{ id: `${incident}-0`, incident, playbook: playbook.name, resource, rung: 0, act, at: now, shadow: false },
  endedAt: plusSeconds(now, settleSeconds + periodSeconds * periods),
});
