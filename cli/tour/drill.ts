import { randomBytes } from 'node:crypto';
import type { Backup } from '../../lib/contracts/backup.ts';
import type { Damage, DrillChoice, DrillPlan } from '../../lib/contracts/drill.ts';
import { DependencyUnavailable } from '../../lib/contracts/failures.ts';
import { phaseSeconds } from '../../lib/domain/recovery/measure.ts';
import { type LivePorts, openLivePorts } from '../../twin/live/index.ts';
import { newRequestId } from '../input/request-id.ts';
import type { Subject } from '../input/run-name.ts';
import { requestBackup } from '../operations/backup.ts';
import { requestDrill } from '../operations/drill.ts';
import type { Outcome } from '../operations/outcome.ts';
import { pause } from '../operations/pause.ts';
import { leftOfDrills } from '../twin/left-of-drills.ts';
import { awaitEndOf } from './followed.ts';
import type { Stage } from './stage.ts';

const betweenLooksMs = 100;

const newId = ({ clock }: Pick<LivePorts, 'clock'>): string =>
  newRequestId(clock.now(), randomBytes(3).toString('hex'));

/** The world below the control plane: an act looks there, because a record is no proof. */
export const worldOf = (stage: Stage): LivePorts => openLivePorts(stage.stateDir).ports;

/** Backs the database up and waits for the end. Errors: `DependencyUnavailable` unless it is complete. */
export const takeBackup = async (stage: Stage): Promise<Backup> => {
  const plane = await stage.plane();
  const { name: database } = stage.database;
  const { name } = await requestBackup(plane, { database, requestedBy: 'tour', requestId: newId(plane.ports) });
  const outcome = await awaitEndOf(stage, { service: database, of: 'database', name, machine: 'backup' });
  const backup = await plane.ports.backups.find(name);
  if (backup && outcome.status === 'complete') return backup;
  throw new DependencyUnavailable(`backup "${name}" ended as ${outcome.status}: ${outcome.reason}`, { name });
};

export const startDrill = async (stage: Stage, choose: DrillChoice, damage?: Damage): Promise<Subject> => {
  const plane = await stage.plane();
  const { name: database } = stage.database;
  const wish = { database, choose, requestedBy: 'tour', requestId: newId(plane.ports), ...(damage && { damage }) };
  const { name } = await requestDrill(plane, wish);
  return { service: database, of: 'database', name, machine: 'restore-test' };
};

/** Sentinels are written once a minute, and a copy without any proves nothing of how far it reaches. */
export const awaitSentinel = async (stage: Stage): Promise<void> => {
  const { contents } = worldOf(stage);
  while ((await contents.sentinels(stage.database.instance)).count === 0) await pause(betweenLooksMs, stage.signal);
};

export const planOf = async (stage: Stage, { name }: Subject): Promise<DrillPlan> => {
  const drill = await (await stage.plane()).ports.drills.find(name);
  if (drill) return drill.plan;
  throw new DependencyUnavailable(`drill "${name}" is not on record`, { name });
};

/** What is left of the copy, as problems: neither a process nor a folder may be. */
export const leftProblems = async ({ stateDir }: Stage, instance: string): Promise<string[]> => {
  const { processes, folders } = await leftOfDrills(stateDir, instance);
  return [
    ...(processes.length === 0 ? [] : [`${processes.length} database processes of ${instance} are left`]),
    ...(folders.length === 0 ? [] : [`the data folder of ${instance} is left`]),
  ];
};

/** What a drill measured, as the act's line tells it. */
export const measuredFacts = async (stage: Stage, subject: Subject, { status, measured }: Outcome) => {
  const drill = await (await stage.plane()).ports.drills.find(subject.name);
  const phases = drill?.outcome ? phaseSeconds(drill.plan, drill.outcome.phases) : {};
  const { rpoSeconds, rtoSeconds, absent } = measured ?? {};
  const seconds = Object.fromEntries(Object.entries(phases).map(([phase, took]) => [`${phase}Seconds`, took]));
  return { drill: subject.name, status, rpoSeconds, rtoSeconds, ...seconds, absent };
};

/** A drill must end healthy, and what it measured must be there. */
export const outcomeProblems = ({ status, reason, measured }: Outcome): string[] => [
  ...(status === 'healthy' ? [] : [`the drill ended as ${status}, not healthy: ${reason}`]),
  ...(measured?.rpoSeconds === undefined ? ['RPO was not measured'] : []),
  ...(measured?.rtoSeconds === undefined ? ['RTO was not measured'] : []),
  ...(measured?.absent ? [] : ['the copy was not seen to be gone']),
];
