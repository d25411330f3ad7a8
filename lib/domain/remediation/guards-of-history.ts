import type { Attempt } from '../../contracts/incident.ts';
import { plusSeconds, secondsBetween } from '../../contracts/instant.ts';
import type { Facts, Guard } from './facts.ts';

const ok = (reason: string) => ({ verdict: 'allow' as const, reason });
const deny = (reason: string) => ({ verdict: 'deny' as const, reason });

/** What was really done by others within so many seconds: rungs of the same incident are one answer to one alarm. */
const othersWithin = ({ attempts, incident, now }: Facts, seconds: number): Attempt[] | undefined => {
  const since = plusSeconds(now, -seconds);
  return attempts?.filter((one) => !one.shadow && one.incident !== incident && one.at > since);
};

export const breaker: Guard = ({ breaker: open }) => {
  if (open === undefined) return undefined;
  return open ? deny(`open since ${open.openedAt}: ${open.reason}`) : ok('closed');
};

export const cooldown: Guard = (facts) => {
  const { policy, playbook, resource, now } = facts;
  const recent = policy && {
    here: othersWithin(facts, policy.resourceCooldownSeconds)?.find((one) => one.resource === resource),
    ofIt: othersWithin(facts, policy.playbookCooldownSeconds)?.find((one) => one.playbook === playbook.name),
  };
  if (!recent || !facts.attempts) return undefined;
  const last = recent.here ?? recent.ofIt;
  if (!last) return ok('nothing was done lately');
  return deny(`${last.act.kind} on ${last.resource} was begun ${Math.round(secondsBetween(last.at, now))} s ago`);
};

/** Counted by incident: an incident that needed three rungs is one. */
export const attempts: Guard = (facts) => {
  const { policy, resource } = facts;
  const recent = policy && othersWithin(facts, policy.attempts.withinSeconds);
  if (!policy || !recent) return undefined;
  const count = new Set(recent.filter((one) => one.resource === resource).map(({ incident }) => incident)).size;
  const said = `${count} of ${policy.attempts.most} attempts within ${policy.attempts.withinSeconds} s are used`;
  return count < policy.attempts.most ? ok(said) : deny(said);
};

export const flapping: Guard = ({ policy, changes, now }) => {
  if (!policy || !changes) return undefined;
  const since = plusSeconds(now, -policy.flapping.withinSeconds);
  const count = changes.filter(({ at }) => at > since).length;
  const said = `the alarm changed ${count} times within ${policy.flapping.withinSeconds} s`;
  return count < policy.flapping.changes ? ok(said) : { verdict: 'ask', reason: `${said}; an act would chase it` };
};

export const fleet: Guard = (facts) => {
  const { policy, resource } = facts;
  const recent = policy && othersWithin(facts, policy.fleet.withinSeconds);
  if (!policy || !recent) return undefined;
  const kind = `${resource.split('/')[0]}/`;
  const touched = new Set(recent.map((one) => one.resource).filter((one) => one.startsWith(kind) && one !== resource));
  const said = `${touched.size} others of ${kind.slice(0, -1)} were acted on within ${policy.fleet.withinSeconds} s`;
  return touched.size < policy.fleet.most ? ok(said) : deny(`${said}, and ${policy.fleet.most} may be`);
};

/**
 * Rule: an alarm of a resource that another of our runs acts on, or acted on and still watches, is that run's own affair. It ends with
 * that run; what comes later is what cooldown and attempts are for.
 */
export const ownDoing: Guard = ({ attempts: all, incident, resource, now, openedAt = now }) => {
  const others = all?.filter((one) => !one.shadow && one.incident !== incident && one.resource === resource);
  if (!others) return undefined;
  const cause = others.find(({ at, endedAt }) => at <= openedAt && (endedAt ?? now) >= openedAt && !stale(at, now));
  return cause
    ? deny(`${cause.incident} acted on it (${cause.act.kind}) and was not over`)
    : ok('none of our runs touched it');
};

/** One that never ended was cut off; a day later it explains nothing. */
const stale = (at: string, now: string): boolean => secondsBetween(at, now) > 86_400;
