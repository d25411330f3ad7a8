import type { Backup } from '../../contracts/backup.ts';
import type { Instance } from '../../contracts/database.ts';
import { type DrillPlan, type DrillRequest, drillIdOf, drillInstanceOf } from '../../contracts/drill.ts';
import { fromMs, type Instant, plusSeconds, toMs } from '../../contracts/instant.ts';
import type { RecoveryPolicy } from '../../contracts/recovery-policy.ts';
import { around, type Usable, usable } from './around.ts';

/** `random`: a number from 0 up to, not including, 1. */
export type BackupFacts = {
  instance: Instance | undefined;
  backups: readonly Backup[];
  now: Instant;
  random: number;
  policy: RecoveryPolicy;
};

type Refusal = { action: 'refuse'; error: 'NothingToRestore' | 'PointNotRestorable'; reason: string };
export type BackupChoice = { action: 'drill'; plan: DrillPlan } | Refusal;

/** What is restored, and the moment whose content that is. `point`, when it differs: the moment that is asked for. */
type Chosen = { backup: Usable; point?: Instant } | { moment: Instant; point?: Instant };

const dayMs = 86_400_000;
/** How far a stale copy, made on purpose, lies behind what it is said to be: more than is promised, or nobody need see it. */
const staleSecondsOf = ({ promises }: RecoveryPolicy): number => promises.rpoSeconds + 60;

/** Rule: a drill restores what would be restored now, or exactly what was asked for, or nothing. */
export const chooseBackup = (request: DrillRequest, facts: BackupFacts): BackupChoice => {
  const chosen = choose(request, facts);
  if ('action' in chosen) return chosen;
  const source = request.damage === 'stale' ? older(chosen, facts) : chosen;
  if ('action' in source) return source;
  return { action: 'drill', plan: planOf(request, facts, source, chosen) };
};

const choose = ({ choose: wish }: DrillRequest, facts: BackupFacts): Chosen | Refusal => {
  if (wish.kind === 'newest') return newest(facts);
  if (wish.kind === 'point-in-time') return pointInTime(wish.at, facts);
  const backups = usable(facts.backups);
  if (wish.kind === 'backup') {
    const backup = backups.find(({ id }) => id === wish.id);
    return backup ? { backup } : nothing(`backup "${wish.id}" is not complete or not there; ${listed(backups)}`);
  }
  const oldestMs = toMs(facts.now) - wish.withinDays * dayMs;
  const inWindow = backups.filter(({ takenAt }) => toMs(takenAt) >= oldestMs);
  const backup = inWindow[Math.floor(facts.random * inWindow.length)];
  return backup ? { backup } : nothing(`no backup of the last ${wish.withinDays} days is complete; ${listed(backups)}`);
};

/** As after a disaster now: the end of the log where there is one, otherwise the newest backup. */
const newest = ({ instance, backups, now }: BackupFacts): Chosen | Refusal => {
  const last = usable(backups).at(-1);
  const end = instance?.restorable?.to;
  if (end && (!last || toMs(end) > toMs(last.takenAt))) return { moment: end, point: now };
  return last ? { backup: last, point: now } : nothing('there is no complete backup, and no log to restore from');
};

const pointInTime = (at: Instant, { instance, now }: BackupFacts): Chosen | Refusal => {
  const span = instance?.restorable;
  if (!span) return notRestorable(`the instance keeps no log, so no moment can be restored`);
  if (toMs(at) > toMs(now)) return notRestorable(`${at} is in the future; now is ${now}`);
  if (toMs(at) < toMs(span.from) || toMs(at) > toMs(span.to))
    return notRestorable(`${at} is outside of the log, which reaches from ${span.from} to ${span.to}`);
  return { moment: at };
};

/** A negative control: the copy is older than what it is judged as. */
const older = (chosen: Chosen, { instance, backups, policy }: BackupFacts): Chosen | Refusal => {
  const moment = momentOf(chosen);
  const staleSeconds = staleSecondsOf(policy);
  const staleAt = toMs(moment) - staleSeconds * 1000;
  const span = instance?.restorable;
  if (span && toMs(span.from) <= staleAt) return { moment: fromMs(staleAt), point: chosen.point ?? moment };
  const backup = usable(backups)
    .filter(({ takenAt }) => toMs(takenAt) <= staleAt)
    .at(-1);
  if (backup) return { backup, point: chosen.point ?? moment };
  return nothing(`nothing is older than ${moment} by ${staleSeconds} s, so no stale copy can be made`);
};

const momentOf = (chosen: Chosen): Instant => ('backup' in chosen ? chosen.backup.takenAt : chosen.moment);

const planOf = (request: DrillRequest, facts: BackupFacts, source: Chosen, meant: Chosen): DrillPlan => {
  const drill = drillIdOf(request.database, request.requestId);
  const { before, after } = around(usable(facts.backups), momentOf(meant));
  const proves = 'backup' in meant ? meant.backup.id : undefined;
  return {
    drill,
    database: request.database,
    source: sourceOf(source, facts),
    point: source.point ?? momentOf(source),
    ...(before && { before: before.id }),
    ...(after && { after: after.id }),
    ...(proves !== undefined && { proves }),
    instance: drillInstanceOf(drill),
    startedAt: facts.now,
    removeBy: plusSeconds(facts.now, facts.policy.drill.removeAfterSeconds),
    ...(request.damage !== undefined && { damage: request.damage }),
  };
};

const sourceOf = (chosen: Chosen, { instance }: BackupFacts): DrillPlan['source'] =>
  'backup' in chosen
    ? { kind: 'snapshot', snapshot: chosen.backup.snapshot, of: chosen.backup.instance }
    : { kind: 'point-in-time', of: instance?.id ?? '', at: chosen.moment };

const nothing = (reason: string): Refusal => ({ action: 'refuse', error: 'NothingToRestore', reason });
const notRestorable = (reason: string): Refusal => ({ action: 'refuse', error: 'PointNotRestorable', reason });

const listed = (backups: readonly Usable[]): string =>
  backups.length === 0 ? 'there is none' : `there are ${backups.map(({ id }) => id).join(', ')}`;
